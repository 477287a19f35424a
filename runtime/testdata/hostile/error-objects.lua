-- ends with ok
for _, v in ipairs({1, true, "x", {}, print, coroutine.create(print)}) do
  local ok, e = pcall(error, v, 0)
  assert(not ok and (e == v))
end
assert(select("#", pcall(error)) == 2)
