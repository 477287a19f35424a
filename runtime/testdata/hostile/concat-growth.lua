-- ends with limit: memory or script: resulting string too large
local t, s = {}, ("x"):rep(1e5)
for i = 1, 2000 do t[i] = s end
return table.concat(t)
