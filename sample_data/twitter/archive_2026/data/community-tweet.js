window.YTD.community_tweet.part0 = [
  { "tweet" : { "id_str" : "1711701861727313922", "id" : "1711701861727313922", "community_id" : "1611684946967412736", "community_id_str" : "1611684946967412736",
    "created_at" : "Sat Jan 10 12:30:42 +0000 2026", "full_text" : "Merci &amp; bravo @odile_v ! https://t.co/abc", "favorite_count" : "2", "lang" : "fr",
    "entities" : { "user_mentions" : [ { "name" : "Odile Vasseur", "screen_name" : "odile_v", "id_str" : "222000111", "id" : "222000111" } ],
      "urls" : [ { "url" : "https://t.co/abc", "expanded_url" : "https://example.org/fleurs" } ] } } },
  { "tweet" : { "id_str" : "1711701861727313999", "community_id_str" : "1611684946967412736", "created_at" : "Sun Jan 11 08:00:00 +0000 2026",
    "full_text" : "Et vous, que semez-vous ?", "in_reply_to_status_id_str" : "1711701861727313922", "in_reply_to_user_id_str" : "1400000000000000001",
    "extended_entities" : { "media" : [ { "type" : "photo" } ] } } } ]
