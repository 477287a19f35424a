-- ends with limit: the run used up its 3 calls of servers.create
-- calls servers.create 3
while true do pcall(servers.create, "web", 1, 1) end
