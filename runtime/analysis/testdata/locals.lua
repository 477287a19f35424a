local unused = 1
local never
never = 2
local function helper() end
local a, b = pcall(print)
local ok, err = pcall(print)
print(err)
local x, y = 1, 2
print(y)
local _, _skipped = 1, 2
for i = 1, 3 do local inner = i end
