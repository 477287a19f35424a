#!/usr/bin/env cloudscript
--- Makes servers, waits until they are ready, and shows them. With --remove it
--- deletes them again.
---
--- @param names list "the names of the servers" = web1,web2
--- @param image string "the image, by id or by name" = Debian 6 (Squeeze)
--- @param flavor string "the flavor, by id or by name" = 512 server
--- @param wait duration "how long to wait for each" = 15m
--- @param remove boolean "delete them in the end"

local fleet = parallel.map(params.names, function(name)
  local server = servers.create{name = name, image = params.image, flavor = params.flavor}
  return server:wait("ACTIVE", {timeout = params.wait})
end)
show(fleet)

if params.remove then
  parallel.each(fleet, function(server)
    servers.delete(server)
    servers.wait(server, "gone")
  end)
  print(#fleet .. " servers deleted")
end
