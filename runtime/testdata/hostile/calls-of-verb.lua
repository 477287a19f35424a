-- ends with limit: the run used up its 3 calls of servers.get
-- calls servers.get 3
while true do servers.list() servers.get(1) end
