-- What a verb's Go function returns becomes the Lua value that one expects.
local n, yes, one, minus, three, half, quarter, s, bytes, duration, moment, list, map, doc, null, struct = machines.forms()
assert(n == nil and yes == true and one == 1 and minus == -2 and three == 3)
assert(half == 1.5 and quarter == 0.5 and s == "s" and bytes == "b")
assert(duration == 90, "a duration is in seconds")
assert(moment == "2030-01-01T00:00:00Z", "a moment is RFC 3339 text in UTC")
assert(#list == 2 and list[2] == "b")
assert(#doc == 2 and doc[1] == 1 and next(doc[2]) == nil, "a member that is null is absent")
assert(null == json.null and tostring(null) == "null")
assert(struct.public_ip == "192.0.2.1", "a struct's fields are in snake case")
assert(json.encode(map) == '{"a":2,"z":1}', "a map is filled in the order of its keys")

-- Constants of a module are made anew for whoever asks; changing one changes
-- nothing for others.
machines.limits.cpus = 100
assert(machines.limits.cpus == 8)
assert(machines.version == "1.0")
