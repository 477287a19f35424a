-- ends with limit: calls nest more than 100 deep
-- recursion 100
local function f(s) return (s:gsub(".", f)) end
while true do pcall(f, "x") end
