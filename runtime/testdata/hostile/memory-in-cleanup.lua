-- ends with limit: takes more than its 32MiB of memory
local many = {}
for i = 1, 7000 do many[i] = i end
try.cleanup(function()
  local function keep(...)
    local kept = {}
    while true do kept[#kept + 1] = {...} end
  end
  keep(unpack(many))
end)
