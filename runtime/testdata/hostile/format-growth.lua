-- ends with limit: memory or script: resulting string too large
-- steps 3000000
local s = ("x"):rep(1e6)
local fmt = ("%s"):rep(100)
local args = {}
for i = 1, 100 do args[i] = s end
return fmt:format(unpack(args))
