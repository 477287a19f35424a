-- ends with script: loop in
-- A chain of metatables is followed inside one instruction.
local t = {}
for i = 1, 1e4 do t = setmetatable({}, {__index = t}) end
return t.x
