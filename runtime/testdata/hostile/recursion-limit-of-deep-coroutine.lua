-- ends with limit: calls nest more than 100 deep
-- recursion 100
-- Each half is allowed; the one that is resumed lies on the one that resumes it.
local function down(n, f) if n == 0 then return f() end return 1 + down(n - 1, f) end
while true do
  local co = coroutine.create(function() down(60, coroutine.yield) end)
  coroutine.resume(co)
  pcall(down, 60, function() coroutine.resume(co) end)
end
