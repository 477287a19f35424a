-- ends with script:
local t = {}
table.insert(t, 2 ^ 40, 1)
