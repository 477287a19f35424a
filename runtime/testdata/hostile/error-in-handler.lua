-- ends with limit: used up its
local function handler(e) return xpcall(error, handler, e) end
while true do xpcall(error, handler, "x") end
