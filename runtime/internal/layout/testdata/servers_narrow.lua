-- width 40
local list = {}
for i = 1, 3 do
  list[i] = row("server", [[{"id":]] .. i .. [[,"name":"a-rather-long-name-]] .. i .. [[","status":"ACTIVE","addresses":{"public":["198.51.100.1","198.51.100.2"]},"metadata":{"team":"a"}}]])
end
return list
