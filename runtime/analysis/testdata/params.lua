#!/usr/bin/env cloudscript
--- Reboots servers.
--- @param region string "where"
--- @param count? integer

print(params.regoin, params.region, params.count, params.zzzzzz, params[1])
params.more = params.count or 1
print(params.more)
local params = {}
print(params.own)
