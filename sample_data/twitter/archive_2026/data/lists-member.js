window.YTD.lists_member.part0 = [ { "userListInfo" : { "url" : "https://twitter.com/tom_d/lists/1500000000000000003" } } ]
