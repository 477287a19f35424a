-- A verb's error is a table; tostring gives one line.
local ok, e = pcall(machines.get, 9)
assert(not ok and type(e) == "table")
assert(e.kind == "not_found" and e.verb == "machines.get" and e.message == "there is no machine 9")
assert(tostring(e) == "machines.get: there is no machine 9")
assert(e.status == nil and e.retry_after == nil and e.item == nil)

-- It goes through everything that carries errors, the same table all the way.
local function inner() error(e) end
local ok, again = pcall(inner)
assert(not ok and again == e)
local co = coroutine.create(function() machines.get(9) end)
local ok, carried = coroutine.resume(co)
assert(not ok and carried.kind == "not_found")
local ok, carried = pcall(coroutine.wrap(function() machines.get(9) end))
assert(not ok and carried.kind == "not_found")
local ok, handled = xpcall(function() machines.get(9) end, function(e) return "handled " .. e.kind end)
assert(not ok and handled == "handled not_found")
local ok, carried = pcall(retry, function() machines.get(9) end)
assert(not ok and carried.kind == "not_found")
local ok, carried = pcall(list.map, {9}, machines.get)
assert(not ok and carried.kind == "not_found")

-- What a script raises stays what it was.
for _, value in ipairs({"text", 5, true, {}, print}) do
  local ok, raised = pcall(error, value, 0)
  assert(not ok and raised == value)
  local ok, raised = pcall(retry, function() error(value, 0) end)
  assert(not ok and raised == value, "through a verb that calls back")
end
assert(select(2, pcall(error)) == nil)
assert(select(2, pcall(error, "x")):match("x$"))

-- A captured local keeps its identity across a caught error.
local n = 0
local function bump() n = n + 1 end
bump()
pcall(machines.get, 9)
pcall(error, "x")
bump()
assert(n == 2)

-- Arguments that are wrong are the script's own errors.
local ok, e = pcall(machines.get)
assert(e.kind == "usage" and tostring(e) == 'machines.get: missing parameter "id" (id)')
local ok, e = pcall(machines.get, {})
assert(tostring(e) == 'machines.get: missing parameter "id" (id)')
local ok, e = pcall(machines.get, "")
assert(e.message == 'parameter "id": expected an id, got an empty string')
local ok, e = pcall(machines.stop, 1, "1 minute")
assert(e.message:find('expected a duration such as "90s"', 1, true))
local ok, e = pcall(machines.rename, 1, 2, 3)
assert(e.message == "takes at most 2 arguments by position, got 3")
