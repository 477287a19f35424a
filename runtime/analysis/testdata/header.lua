--- Reboots servers.
--- @param region sting "where"

print(params.region, params.anything)
