-- ends with limit: the run used up its 3 calls of servers.*
-- calls servers.* 3
try.each({1, 2, 3, 4, 5, 6}, function(i) while true do pcall(servers.get, i) end end, {limit = 6, collect = true})
