-- width 40
local cycle = {name = "me"}
cycle.self = cycle
local deep = {}
local inner = deep
for _ = 1, 12 do inner.a = {} inner = inner.a end
inner.a = 1
return {}, {1, 2, 3}, {"a", x = 1, ["two words"] = 2, ["end"] = 3, [10] = "ten", [true] = false}, cycle, deep,
  {list = {"first entry of a list", "second entry of a list"}, sub = {a = 1, b = {"c"}}}
