-- ends with limit: memory
-- steps 30000000
-- Nothing but a Go closure holds on to what is inside.
local keep = {}
while true do
  local f = coroutine.wrap(function() local s = ("x"):rep(1e5) .. #keep coroutine.yield() return s end)
  f()
  keep[#keep + 1] = f
end
