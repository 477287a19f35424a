-- ends with script: stack overflow
local function f() table.sort({1, 2}, function() f() return false end) end
f()
