#!/usr/bin/env cloudscript
--- Makes servers, waits until they are ready, and shows them. With --remove it
--- deletes them again.
---
--- @param names list "the names of the servers" = web1,web2
--- @param image string "the image, by id or by name" = Debian 6 (Squeeze)
--- @param flavor string "the flavor, by id or by name" = 512 server
--- @param wait duration "how long to wait for each" = 15m
--- @param remove boolean "delete them in the end"

local group = require("group") -- group.lua, beside this file

local fleet = group.up(params.names, params)
show(fleet)

if params.remove then
  group.down(fleet)
  print(#fleet .. " servers deleted")
end
