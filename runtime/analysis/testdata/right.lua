#!/usr/bin/env cloudscript
-- What looks wrong and is right.
local made = servers.create("web", 1)
made = {reboots = 1}
print(made.rebots, made.unheard, made.stats)

local one = servers.get(7)
one.stats = 5
print(one.stats)

local options = {name = "x", flavor = 1}
servers.create(options)
servers.create("web", options)
servers.create("web", 1, nil, {count = 3, public = true})
servers.create("web", 1, {team = "x"})
servers.create("web", 1, {metadata = {team = "x"}})
servers.create{name = "web", flavor = {id = 3}, ["public"] = false, count = #options}
local function both() return "web", 1 end
servers.create(both())
local function pass(...) return servers.create(...) end
pass("web", 1)
servers.create{name = "web", [tostring("flavor")] = 1}
servers.reboot(one, "hard")
servers.list():reboot()
servers.wait(1, {timeout = "1h30m", state = nil})
servers.wait(1, nil, 90)
task.tag({x = 1})
task.tag(1, {tags = {x = 1}})
task.tag(1, {colour = "red"})
task.tag(nil, {})
task.tag(1, {value = 2})
task.tag(1, {"a", x = 1})
task.all{1, 2}
servers.get(1, nil, nil)
print(servers.list().page.stats)
task.spawn(tally)
task.spawn(servers.list)

local servers = {creat = print}
servers.creat()
total = 0
function tally()
  total = total + 1
  if rawget(_G, "DEBUG") then print(total, inventory, params.x, arg[1]) end
end
local function as(role) params = {role = role} arg = {"x"} end
as("db")
local recursive
function recursive(n) return n == 0 or recursive(n - 1) end
recursive(3)
repeat local done = true until done
goto finish
::finish::
local text = "a" .. 1
print(text:upper(), ("x"):rep(3), math.pi, region)
region = "dfw"
