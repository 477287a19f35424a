-- ends with limit:
local t = {}
for i = 1, 1e9 do
  t[i] = coroutine.create(function() coroutine.yield(i) end)
  coroutine.resume(t[i])
end
