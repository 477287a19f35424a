#!/usr/bin/env cloudscript
-- A small fleet on one cloud and a machine on the other: made, looked at, and
-- taken down again. Rehearse it without an account:
--
--     cloudscript run --sim scripts/examples/fleet.lua

-- Cloud Servers ---------------------------------------------------------------

print("logged in as " .. auth().username .. ", whose account may have at most")
show(limits.get().absolute)

local fleet = {}
for i, name in ipairs({"web1", "web2", "web3"}) do
  fleet[i] = servers.create{name = name, image = "Debian 6 (Squeeze)", flavor = "512 server"}
end
parallel.each(fleet, function(server)
  server:wait("ACTIVE")
end)
show(servers.list())

fleet[1]:reboot("HARD")
print(fleet[1].name .. " is " .. servers.get(fleet[1]).status)
fleet[1]:wait("ACTIVE")
print(fleet[1].name .. " is " .. servers.get(fleet[1]).status)

for _, server in ipairs(fleet) do
  server:delete()
end
parallel.each(fleet, function(server)
  server:wait("gone")
end)
print(#servers.list() .. " servers left")

-- Luna Node -------------------------------------------------------------------

local made = vm.call("vm", "create", {hostname = "db1", plan_id = "m.1", image_id = 240002})

local machine
repeat
  time.sleep("5s")
  machine = vm.call("vm", "info", {vm_id = made.vm_id})
until machine.info.status_raw == "active"
print("db1 is online at " .. machine.info.ip)

show(vm.list())
vm.call("vm", "delete", {vm_id = made.vm_id})
