-- ends with ok
local items = {}
for i = 1, 500 do items[i] = i end
try.each(items, function(n) return n end, {limit = 1e9})
