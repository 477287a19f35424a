-- ends with limit: the run used up its 3 calls of servers.reboot
-- calls servers.reboot 3
try.cleanup(function() while true do pcall(servers.reboot, 1) end end)
