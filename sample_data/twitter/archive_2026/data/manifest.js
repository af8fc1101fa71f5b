window.__THAR_CONFIG = {
  "userInfo" : { "accountId" : "1400000000000000001", "userName" : "plume_verte", "displayName" : "Isabelle Morel" },
  "archiveInfo" : { "sizeBytes" : "8123", "generationDate" : "2026-10-30T05:46:38.082Z", "isPartialArchive" : false },
  "dataTypes" : { "communityTweet" : { "files" : [ { "fileName" : "data/community-tweet.js", "globalName" : "YTD.community_tweet.part0", "count" : "2" } ] } } }
