-- ends with limit: the run used up its 3 calls of servers.create
-- calls servers.create 3
for i = 1, 4 do
  try.cleanup(function() while true do pcall(servers.create, "web", 1, 1) end end)
end
while true do pcall(servers.create, "web", 1, 1) end
