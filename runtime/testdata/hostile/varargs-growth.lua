-- ends with limit: used up its
-- steps 20000
local function f(...) return f(1, ...) end
return f()
