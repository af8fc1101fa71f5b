window.YTD.lists_created.part0 = [ { "userListInfo" : { "url" : "https://twitter.com/plume_verte/lists/1500000000000000001" } } ]
