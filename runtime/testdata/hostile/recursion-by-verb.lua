-- ends with script: stack overflow
local function f() try.apply(f) end
f()
