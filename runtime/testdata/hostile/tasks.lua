-- ends with limit: tasks
local function f() try.each({1, 2, 3, 4}, f, {limit = 4}) end
f()
