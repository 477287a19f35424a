-- ends with limit: the run used up its 3 calls of effect create
-- calls create 3
for i = 1, 2 do servers.create("web", 1, 1) end
try.cleanup(function() while true do pcall(servers.create, "web", 1, 1) end end)
