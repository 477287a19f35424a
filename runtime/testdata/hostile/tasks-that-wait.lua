-- ends with limit: used up its 1000 verb calls
local items = {}
for i = 1, 10000 do items[i] = i end
try.each(items, function()
  while true do pcall(function() try.sleep("1h") end) end
end, {limit = 10000})
