-- ends with limit: used up its
local function f() return f() end
f()
