-- ends with limit: the run used up its 3 calls of servers.reboot
-- calls servers.reboot 3
local server = servers.get(1)
local t = setmetatable({}, {__index = function() return server:reboot("HARD") end})
while true do pcall(function() return t.x end) end
