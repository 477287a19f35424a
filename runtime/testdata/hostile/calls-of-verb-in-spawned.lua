-- ends with limit: the run used up its 3 calls of servers.get
-- calls servers.get 3
for i = 1, 5 do try.spawn(function() while true do pcall(servers.get, i) end end) end
while true do pcall(try.sleep, 1) end
