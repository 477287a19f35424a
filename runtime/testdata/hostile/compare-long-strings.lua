-- ends with limit: used up its
local a = ("x"):rep(1e6)
while true do local b = a:upper():lower() end
