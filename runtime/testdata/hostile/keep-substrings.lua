-- ends with limit:
local t = {}
while true do t[#t + 1] = (("x"):rep(1e6)):upper() end
