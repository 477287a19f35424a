--- Reboots servers.
--- @param region sting "where"
--- @param count integer "how many" = many
--- @param force boolean

print(params.region, params.anything, params.force)
