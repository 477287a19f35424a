#!/usr/bin/env cloudscript
-- Two web servers in parallel, one machine on the second cloud.

local fleet = parallel.map({"web1", "web2"}, function(name)
  local server = servers.create{name = name, image = "Debian 6 (Squeeze)", flavor = "512 server"}
  return server:wait("ACTIVE", {timeout = "10m"})
end)
show(fleet)

local db = vm.create{hostname = "db1", plan_id = "m.1", region = "toronto", image_id = 240002}
vm.wait(db.vm_id, "Online")
print("db1 is at " .. vm.info(db.vm_id).info.ip)

local ok, err = pcall(servers.get, 4711)
print(err.kind, err)
