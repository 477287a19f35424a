package main

// exampleNeeds is what an example takes for granted, by its verb: Lua that runs
// before it and is not shown.
var exampleNeeds = map[string]string{
	"addresses.unshare":       `addresses.share(40120, "198.51.100.17", 310) servers.wait(40120)`,
	"ip_groups.delete":        `servers.delete(40117) servers.delete(40120)`,
	"servers.confirm_resize":  `servers.resize(40117, 3) servers.wait(40117, "VERIFY_RESIZE")`,
	"servers.revert_resize":   `servers.resize(40117, 3) servers.wait(40117, "VERIFY_RESIZE")`,
	"sim.count":               twoServers,
	"t.equal":                 twoServers,
	"t.match":                 twoServers,
	"t.not_equal":             twoServers,
	"t.ok":                    twoServers,
	"t.script":                deployScript,
	"vm.diskswap":             `vm.stop(` + exampleVM + `) vm.wait(` + exampleVM + `, "Offline")`,
	"vm.floatingip_delete":    `vm.floatingip_add(` + exampleVM + `, "198.51.100.7")`,
	"vm.securitygroup_remove": `vm.securitygroup_add{vm_id = ` + exampleVM + `, group_id = 26}`,
	"volume.detach":           attached,
	"volume.wait":             attached,
}

const (
	deployScript = `fs.write("deploy.lua", [[
		--- @param names list
		--- @param wait duration

		parallel.each(params.names, function(name)
			servers.create{name = name, image = 112, flavor = 1}:wait("ACTIVE", {timeout = params.wait})
		end)]])`
	exampleVM  = `"5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11"`
	attached   = `volume.attach{volume_id = 26, vm_id = ` + exampleVM + `, target = "auto"}`
	twoServers = `
		first = servers.create{name = "web1", image = 112, flavor = 1}
		second = servers.create{name = "web2", image = 112, flavor = 1}
		server = first`
)
