package bindings

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/simulator"
)

func TestAServersLife(t *testing.T) {
	w := newCloudWorld(t, simulator.Config{})
	w.check(t, `
		local s = servers.create{name = "web1", image = "Ubuntu 10.04 LTS", flavor = "512 server",
			metadata = {team = "billing"}, personality = {["/etc/motd"] = "hello"}}
		print(s.name, s.status, s.metadata.team, #s.adminPass > 6, s.flavorId, s.imageId)
		s = s:wait("ACTIVE", {timeout = "10m"})
		print(s.status, s.progress, #s.addresses.public)
		s:update{name = "web2"}
		print(servers.get(s.id).name, s:get().name, servers.get(tostring(s.id)).name)
		s:reboot("hard")
		print(s:get().status, s:wait().status)
		s:rebuild("debian 6 (squeeze)")
		print(s:wait("active").imageId)
		s:resize(3)
		print(s:wait("VERIFY_RESIZE").flavorId)
		s:revert_resize()
		print(s:wait().flavorId)
		servers.resize(s, "1GB server")
		s:wait("verify_resize")
		s:confirm_resize()
		print(s:wait().flavorId)
		s:delete()
		print(s:wait("gone"), #servers.list())
		print(select(2, pcall(servers.get, s)).kind)
	`, `
web1	BUILD	billing	true	2	112
ACTIVE	100	1
web2	web2	web2
HARD_REBOOT	ACTIVE
104
3
2
3
nil	0
not_found
`)
	if !slices.ContainsFunc(w.progress, func(line string) bool {
		return strings.HasPrefix(line, "servers.wait: server ") && strings.Contains(line, "BUILD")
	}) {
		t.Errorf("progress %q", w.progress)
	}
}

func TestListsGoThroughAllPages(t *testing.T) {
	w := newCloudWorld(t, simulator.Config{})
	w.check(t, `
		for i = 1, 7 do servers.create{name = "n" .. i, image = 112, flavor = 1} end
		local all = servers.list()
		print(#all, all[1].name, all[7].name, all[1].status ~= nil)
		print(#servers.list{limit = 3}, servers.list{limit = 3, offset = 5}[1].name, #servers.list{offset = 5})
		print(servers.list{detail = false}[1].status)
		local seen = {}
		servers.each(function(s) seen[#seen + 1] = s.name; if s.name == "n5" then return false end end, {limit = 2})
		print(table.concat(seen, " "))
		print(pcall(servers.each, function(s) error("no " .. s.name, 0) end))
		servers.each(function(s) s:wait() end)
		print(#servers.list{changes_since = 0}, #servers.list{changes_since = 4000000000})
	`, `
7	n1	n7	true
3	n6	2
nil
n1 n2 n3 n4 n5
false	no n1
7	0
`)
}

func TestEachFetchesAPageWhenItIsNeeded(t *testing.T) {
	w := newCloudWorld(t, simulator.Config{})
	w.check(t, `for i = 1, 6 do servers.create{name = "n" .. i, image = 112, flavor = 1} end`, "")
	w.sim.ForgetCalls()
	w.check(t, `servers.each(function(s) return s.name ~= "n3" end, {limit = 2})`, "")
	if calls := w.sim.Calls(); len(calls) != 2 {
		t.Errorf("%d calls for two pages: %v", len(calls), calls)
	}
}

func TestNamesOfFlavorsAndImages(t *testing.T) {
	w := newCloudWorld(t, simulator.Config{})
	w.check(t, `
		print(flavors.get("1gb SERVER").id, flavors.get(3).ram, flavors.get("3").ram, images.get("CentOS 6.0").id)
		print(#flavors.list() > 5, flavors.list()[1].disk, #images.list() > 5)
		local s = servers.create{name = "a", image = images.get(112), flavor = flavors.get(1)}
		s:wait()
		for _, name in ipairs{"twin", "twin"} do images.create(s, name):wait() end
		for _, call in ipairs{
			function() flavors.get("512 servr") end,
			function() images.get("ubuntu") end,
			function() images.get("Plan 9") end,
			function() flavors.get("server") end,
			function() servers.create{name = "b", image = "twin", flavor = 1} end,
		} do
			local ok, e = pcall(call)
			print(e.kind, e.message, (e.hint:gsub("%d%d%d%d+", "N")))
		end
	`, `
3	1024	1024	118
true	10	true
not_found	no flavor is named "512 servr"	did you mean "512 server" (2)?
not_found	no image is named "ubuntu"	did you mean "Ubuntu 10.04 LTS" (112), "Ubuntu 11.04" (115), "Ubuntu 11.10" (119)?
not_found	no image is named "Plan 9"	images.list() shows them all
not_found	no flavor is named "server"	did you mean "256 server" (1), "512 server" (2), "1GB server" (3), "2GB server" (4), "4GB server" (5), or one of 3 more?
usage	2 images are named "twin"	give the id: N or N
`)
}

func TestANameIsLookedUpOnceForManyCreates(t *testing.T) {
	w := newCloudWorld(t, simulator.Config{})
	w.check(t, `for i = 1, 20 do servers.create{name = "n" .. i, image = "CentOS 6.0", flavor = "256 server"} end print(#servers.list())`, "20")
	counts := fmt.Sprint(w.sim.Counts())
	if n := len(w.sim.Calls()); n != 1+2+20+1 {
		t.Errorf("%d calls, want a log-in, two lists of names, 20 creates and a list: %s", n, counts)
	}
}

// An image made meanwhile is found although the kept list does not have it.
func TestANewNameIsLookedForInANewList(t *testing.T) {
	w := newCloudWorld(t, simulator.Config{})
	w.check(t, `
		local s = servers.create{name = "a", image = "CentOS 6.0", flavor = 1}
		s:wait()
		images.get("CentOS 6.0") -- the list is kept from here on
		images.create(s, "golden")
		print(images.get("golden").name)
	`, "golden")
}

func TestABuildThatFailsEndsTheWait(t *testing.T) {
	w := newCloudWorld(t, simulator.Config{})
	w.check(t, `
		local s = servers.create{name = "a", image = 112, flavor = 1}
		local ok, e = pcall(s.wait, s, "ACTIVE", {timeout = "1s"})
		print(e.kind, (e.message:gsub("%d%d+", "N")))
		s:wait()
		s:delete()
		local ok, e = pcall(s.wait, s)
		print(e.kind)
	`, `
timeout	the time allowed ran out while waiting for server N to become ACTIVE; it was last seen as BUILD
not_found
`)
}

func TestImagesLive(t *testing.T) {
	w := newCloudWorld(t, simulator.Config{})
	w.check(t, `
		local s = servers.create{name = "a", image = 112, flavor = 1}:wait()
		local i = images.create{server = s, name = "golden"}
		print(i.status, i.serverId == s.id)
		print(i:wait().status, images.wait(i, "ACTIVE").name, i:get().name)
		local n = 0
		images.each(function() n = n + 1 end, {limit = 5})
		print(n == #images.list())
		i:delete()
		print(i:wait("gone"), select(2, pcall(images.get, i.id)).kind)
	`, `
QUEUED	true
ACTIVE	golden	golden
true
nil	not_found
`)
}

func TestAddressesBackupsAndGroups(t *testing.T) {
	w := newCloudWorld(t, simulator.Config{})
	w.check(t, `
		local a = servers.create{name = "a", image = 112, flavor = 1}:wait()
		local list = addresses.list(a)
		print(#list.public, #list.private, addresses.public(a)[1] == list.public[1], addresses.private(a)[1] == list.private[1])

		print(backups.get(a).enabled)
		backups.set(a, {weekly = "thursday", daily = "H_0400_0600"})
		local b = backups.get(a)
		print(b.enabled, b.weekly, b.daily)
		backups.disable(a)
		print(backups.get(a.id).enabled)

		local g = ip_groups.create("ha", a)
		print(g.name, #g:get().servers, #ip_groups.list(), #ip_groups.list{detail = false})
		local b = servers.create{name = "b", image = 112, flavor = 1, ip_group = g}:wait()
		addresses.share(b, list.public[1], g)
		b:wait()
		print(#addresses.public(b))
		addresses.unshare(b, list.public[1])
		b:wait()
		print(#addresses.public(b))
		ip_groups.each(function(row) print(row.name, row.id == g.id) end)
		a:delete() b:delete()
		g:delete()
		print(#ip_groups.list())
	`, `
1	1	true	true
false
true	THURSDAY	H_0400_0600
false
ha	1	1	1
2
1
ha	true
0
`)
}

func TestAuthLimitsAndVersions(t *testing.T) {
	w := newCloudWorld(t, simulator.Config{})
	w.check(t, `
		local session = auth()
		print(session.username ~= "", session.management_url:match("/v1%.0/%d+$") ~= nil, session.expires, session.token)
		print(auth{renew = true}.username == session.username)
		local l = limits.get()
		print(l.absolute.maxTotalRAMSize, type(l.rate))
		print(versions.list()[1].id, versions.get().status)
	`, `
true	true	2030-01-02T00:00:00Z	nil
true
51200	table
v1.0	CURRENT
`)
}

// Every verb of Cloud Servers that a script can call is here, and each says what it does.
func TestVerbsOfCloudServers(t *testing.T) {
	w := newCloudWorld(t, simulator.Config{})
	var got []string
	for _, v := range w.rt.Verbs() {
		got = append(got, v.Name+" "+v.Effect.String())
		if v.Doc == "" || v.Example == "" || len(v.Errors) == 0 {
			t.Errorf("%s lacks a doc, an example or its errors", v.Name)
		}
		if _, err := runtime.Compile(v.Name, []byte(v.Example)); err != nil {
			t.Errorf("%s: the example does not compile: %v", v.Name, err)
		}
		for _, p := range v.Params {
			if p.Doc == "" {
				t.Errorf("%s: parameter %s has no doc", v.Name, p.Name)
			}
		}
	}
	want := `addresses.list read, addresses.private read, addresses.public read, addresses.share update, addresses.unshare destroy, auth read, ` +
		`backups.disable destroy, backups.get read, backups.set update, flavors.each read, flavors.get read, flavors.list read, ` +
		`images.create create, images.delete destroy, images.each read, images.get read, images.list read, images.wait read, ` +
		`ip_groups.create create, ip_groups.delete destroy, ip_groups.each read, ip_groups.get read, ip_groups.list read, limits.get read, ` +
		`servers.confirm_resize update, servers.create create, servers.delete destroy, servers.each read, servers.get read, servers.list read, ` +
		`servers.reboot update, servers.rebuild destroy, servers.resize update, servers.revert_resize update, servers.update update, ` +
		`servers.wait read, versions.get read, versions.list read`
	if strings.Join(got, ", ") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, ", "), want)
	}
}

// What the runtime hides when it prints follows from the declaration.
func TestThePasswordIsDeclaredSecret(t *testing.T) {
	w := newCloudWorld(t, simulator.Config{})
	secret := map[string]bool{}
	for _, f := range w.rt.Object(serverObject).Fields {
		secret[f.Name] = f.Secret
	}
	for _, p := range w.rt.Verb("servers.update").Params {
		secret["update "+p.Name] = p.Secret
	}
	if !secret["adminPass"] || !secret["update password"] || secret["name"] || secret["update name"] {
		t.Errorf("secret are %v", secret)
	}
}
