-- Comments silence findings, by the code of this tool or that of lua-language-server.
---@diagnostic disable-next-line: unused-local
local one = 1
local two = 2 ---@diagnostic disable-line: unused-local
--- @diagnostic disable-next-line
servers.rebot(zebra)
servers.rebot(zebra) ---@diagnostic disable-line: undefined-field, undefined-global
servers.rebot(zebra) ---@diagnostic disable-line: undefined-field

---@diagnostic disable: wrong-type, param-type-mismatch
servers.create("web", 1, nil, {count = "3"}) ---@diagnostic enable: wrong-type
servers.create("web", 1, nil, {count = "3"})
---@diagnostic enable
servers.create("web", 1, nil, {count = "3"})

-- These silence nothing.
-- @diagnostic disable-next-line
local three = 3
---@diagnostic disable-next-line: unused-locals
local four = 4
print("---@diagnostic disable")
--[[---@diagnostic disable]]
local five = [[
---@diagnostic disable-next-line
]]
---@diagnosticdisable
---@diagnostic disble
local six = 6
