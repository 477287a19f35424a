-- ends with script: stack overflow
local function f() return (("x"):gsub(".", f)) end
f()
