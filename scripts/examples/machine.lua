#!/usr/bin/env cloudscript
-- One machine on Luna Node with a volume: every action of the API is a verb.
--
--     cloudscript run --sim scripts/examples/machine.lua --set name=db1

local name = params.name or "db1"

-- The newest Ubuntu that the region offers.
local newest
for _, candidate in ipairs(image.list("toronto")) do
  if text.starts_with(candidate.name, "Ubuntu") and (not newest or candidate.name > newest.name) then
    newest = candidate
  end
end
print("image: " .. newest.name)

local machine = vm.create{hostname = name, plan_id = "m.2", region = "toronto", image_id = newest.image_id}
local disk = volume.create{region = "toronto", label = name .. "-data", size = 10}

vm.wait(machine.vm_id, "Online", "15m")
volume.wait(disk.volume_id, "available")
volume.attach(disk.volume_id, machine.vm_id, "auto")
volume.wait(disk.volume_id, "in-use")
show(volume.list("toronto"))

-- What is not needed costs money.
volume.detach(disk.volume_id)
volume.wait(disk.volume_id, "available")
volume.delete(disk.volume_id)
vm.delete(machine.vm_id)
vm.wait(machine.vm_id, "gone")
print(#vm.list() .. " machines left")
