-- ends with limit: takes more than its 32MiB of memory
local function keep(...)
  kept = kept or {}
  while true do kept[#kept + 1] = {...} end
end
local many = {}
for i = 1, 7000 do many[i] = i end
try.cleanup(function() keep(unpack(many)) end)
keep(unpack(many))
