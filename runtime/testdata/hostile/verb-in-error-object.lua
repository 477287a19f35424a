-- ends with script: 7 web7
error(setmetatable({}, {__tostring = function() try.sleep(0) return servers.get(7).id .. " " .. servers.get(7).name end}))
