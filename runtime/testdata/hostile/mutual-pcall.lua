-- ends with limit: used up its
-- steps 20000
local function f() return pcall(f) end
while true do f() end
