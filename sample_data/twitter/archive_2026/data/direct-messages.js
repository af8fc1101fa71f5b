window.YTD.direct_messages.part0 = [ { "dmConversation" : { "conversationId" : "222000111-1400000000000000001", "messages" : [
  { "messageCreate" : { "recipientId" : "1400000000000000001", "id" : "1700000000000000005", "senderId" : "222000111", "text" : "Bonjour", "createdAt" : "2026-01-27T15:58:52.744Z", "mediaUrls" : [ ], "urls" : [ ], "reactions" : [ ] } } ] } } ]
