-- ends with limit: memory or script: resulting string too large
-- steps 3000000
local s = ("a"):rep(1e5)
return (s:gsub("a", ("b"):rep(1e4)))
