---@meta

-- What cloudscript offers to scripts. Written by cloudscript types; do not edit.

do
---A server.
---@class cloudscript.server
---@field id? number|string|table its number
---@field name? string
local object = {}

---@class cloudscript.method.server.reboot.arguments
---@field type? "SOFT"|"HARD" how
---@field grace? number|string

---Reboots one.
---@param type? "SOFT"|"HARD" how
---@overload fun(self: cloudscript.server, arguments: cloudscript.method.server.reboot.arguments): cloudscript.server
---@return cloudscript.server
function object:reboot(type) end
end


---Logs in.
function auth() end

---Servers.
---Many.
servers = {}
---@type any
servers.none = nil

---Lists them.
---@return cloudscript.server[]
function servers.list() end

---@class cloudscript.servers.reboot.arguments
---@field server number|string|table which
---@field type? "SOFT"|"HARD" how
---@field grace? number|string

---Reboots one.
---@param server number|string|table which
---@param type? "SOFT"|"HARD" how
---@overload fun(arguments: cloudscript.servers.reboot.arguments): cloudscript.server
---@return cloudscript.server
function servers.reboot(server, type) end
