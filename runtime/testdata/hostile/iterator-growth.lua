-- ends with limit: memory
-- steps 30000000
local keep = {}
while true do keep[#keep + 1] = (("x"):rep(1e5) .. #keep):gmatch(".") end
