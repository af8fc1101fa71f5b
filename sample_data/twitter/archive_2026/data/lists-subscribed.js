window.YTD.lists_subscribed.part0 = [ { "userListInfo" : { "url" : "https://twitter.com/odile_v/lists/1500000000000000002" } } ]
