window.YTD.direct_messages_group.part0 = [
  { "dmConversation" : { "conversationId" : "1612345678901234567", "messages" : [
    { "messageCreate" : { "id" : "1712000000000000003", "senderId" : "1400000000000000001", "text" : "J’apporte la tarte", "createdAt" : "2026-03-06T10:15:00.120Z", "mediaUrls" : [ ], "urls" : [ ],
      "reactions" : [ { "senderId" : "222000111", "reactionKey" : "excited", "eventId" : "1712000000000000009", "createdAt" : "2026-03-06T10:16:00.000Z" } ] } },
    { "messageCreate" : { "id" : "1712000000000000002", "senderId" : "222000111", "text" : "Rendez-vous à midi", "createdAt" : "2026-03-06T09:15:00.120Z", "mediaUrls" : [ "https://example.org/a.jpg" ], "urls" : [ ], "reactions" : [ ] } },
    { "participantsLeave" : { "userIds" : [ "333000222" ], "createdAt" : "2026-03-05T09:00:00.000Z" } },
    { "conversationNameUpdate" : { "initiatingUserId" : "222000111", "name" : "Semis de printemps", "createdAt" : "2026-03-04T09:00:00.000Z" } },
    { "participantsJoin" : { "initiatingUserId" : "222000111", "userIds" : [ "333000222" ], "createdAt" : "2026-03-03T09:00:00.000Z" } },
    { "joinConversation" : { "initiatingUserId" : "222000111", "participantsSnapshot" : [ "222000111", "1400000000000000001" ], "createdAt" : "2026-03-02T09:00:00.000Z" } } ] } } ]
