-- ends with limit: memory
-- steps 3000000
local s = "x"
while true do s = s .. s end
