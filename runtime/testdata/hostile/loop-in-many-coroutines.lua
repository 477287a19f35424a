-- ends with limit: used up its
-- steps 20000
while true do
  local co = coroutine.wrap(function() coroutine.yield() end)
  co()
end
