-- ends with limit: used up its
local s = ("a"):rep(100000)
while true do s:gsub("a", "b") end
