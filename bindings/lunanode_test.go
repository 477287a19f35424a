package bindings

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/runtime"
	simulated "github.com/cloudscript/cloudscript/simulator/lunanode"
)

func TestMachineFromCreateToGone(t *testing.T) {
	w := newLunaNodeWorld(t, simulated.Config{})
	w.check(t, `
		local m = vm.create{hostname = "web01", plan_id = "m.1", image_id = 26}
		print(#m.vm_id)
		local info = m:wait("Online", {timeout = "5m"})
		print(info.info.status_nohtml, info.extra.name, #info.info.addresses > 0)
		m:rename("web02")
		for _, row in ipairs(vm.list()) do print(row.name, row.vm_id == m.vm_id, type(row.ram)) end
		vm.list()[1]:stop()
		m:wait("offline")
		m:delete()
		print(m:wait("gone"))
		print(#vm.list())
		print(pcall(vm.info, m))
	`, `
36
Online	web01	true
web02	true	string
nil
0
false	vm.info: invalid vm
`)
	if !slices.ContainsFunc(w.progress, func(line string) bool { return strings.HasPrefix(line, "vm.wait: web01 ") }) {
		t.Errorf("progress %q", w.progress)
	}
}

func TestImagesVolumesAndFloatingAddresses(t *testing.T) {
	w := newLunaNodeWorld(t, simulated.Config{})
	w.check(t, `
		local id = volume.create{region = "toronto", label = "data", size = 10}.volume_id
		local v = volume.wait(id)
		print(v.status, v.name, v.size)
		local m = vm.create{hostname = "db", plan_id = 1, image_id = "26", region = "toronto"}
		m:wait()
		v:attach(m, "auto")
		print(v:wait("in-use").attached == m.vm_id)
		v:detach()
		v:wait("AVAILABLE")
		volume.delete(v)
		local ip = floating.add("toronto").ip
		m:floatingip_add(ip)
		for _, row in ipairs(floating.list()) do
			if row.ip == ip then print(row.attached_id == m.vm_id) end
		end
		m:floatingip_delete{ip = ip, keep = true}
		floating.delete{region = "toronto", ip = ip}
		local copy = m:snapshot("golden")
		print(copy:wait().status, copy:details().name)
		copy:delete()
	`, `
available	data	10
true
true
active	golden
`)
}

func TestShapesThatVary(t *testing.T) {
	w := newLunaNodeWorld(t, simulated.Config{EmptyMapAsList: true})
	w.check(t, `
		print(#sshkey.list(), sshkey.add{label = "laptop", sshkey = "ssh-ed25519 AAAA me"}.key_id ~= nil, #sshkey.list(), sshkey.list()[1].name)
		print(next(dns.dyn_list()))
		dns.dyn_add("home", "198.51.100.7")
		for id, row in pairs(dns.dyn_list()) do print(type(id), row.name) end
		local group = securitygroup.create{region = "toronto", name = "web"}.group_id
		print(#securitygroup.rule_list("toronto", group), securitygroup.rule_list("toronto", group)[1].direction)
		print(region.list().toronto)
		print(type(billing.credit().credit))
		print(plan.list()[1].plan_id ~= nil)
		print(vm.call("sshkey", "list", {})["0"].name, vm.call("vm", "list").success)
	`, `
0	true	1	laptop
nil
string	home
2	egress
Toronto, Canada
string
true
laptop	yes
`)
}

func TestArgumentsOnTheWire(t *testing.T) {
	const vmID = "5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11"
	for _, tt := range []struct{ name, source, want string }{
		{"numbers and texts alike", `volume.create{region = "toronto", label = "x", size = "10"} volume.create{region = "toronto", label = "x", size = 10}`,
			`volume/create map[label:x region:toronto size:10] volume/create map[label:x region:toronto size:10]`},
		{"flags", `vm.set_fairshare{vm_id = "` + vmID + `", charge_for_cpu = true, fairshare_nolend = "no"}`,
			`vm/set-fairshare map[charge_for_cpu:yes fairshare_nolend:no vm_id:` + vmID + `]`},
		{"lists of ids", `vm.create{hostname = "a", plan_id = 1, securitygroups = {1, "22"}, scripts = 7, key_id = "8,9"}`,
			`vm/create map[hostname:a key_id:8,9 plan_id:1 scripts:7 securitygroups:1,22]`},
		{"by position", `floating.delete("toronto", "198.51.100.7")`, `floating/delete map[ip:198.51.100.7 region:toronto]`},
		{"further parameters", `monitor.check_add{name = "site", type = "http", check_interval = 60, delay = 2, parameters = {url = "http://x/", expect_status = 200}}`,
			`monitor/check-add map[check_interval:60 delay:2 expect_status:200 name:site type:http url:http://x/]`},
		{"vm.call, numbers", `vm.call("vm", "anything", {a = 1e15, b = 0.1, c = -2, d = 1e-7, e = 2^60, f = 0.1 + 0.2})`,
			`vm/anything map[a:1000000000000000 b:0.1 c:-2 d:0.0000001 e:1152921504606846976 f:0.3]`},
		{"vm.call, a flag", `vm.call("vm", "floatingip-delete", {vm_id = "x", keep = true})`, `vm/floatingip-delete map[keep:yes vm_id:x]`},
		{"vm.call without parameters", `vm.call("plan", "list") vm.call{category = "plan", action = "list"}`, `plan/list map[] plan/list map[]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			calls := &recorder{next: accepting{}}
			if _, err := runLua(t, newLunaNodeRuntime(t, calls, nil, nil), tt.source); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, call := range calls.seen {
				got = append(got, fmt.Sprint(call.name, " ", call.params))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, " "), tt.want)
			}
		})
	}
}

// accepting answers every call with plain success, or with an empty object where
// one is promised.
type accepting struct{}

func (accepting) Call(_ context.Context, category, action string, _ map[string]string) (lunanode.Answer, error) {
	return lunanode.ParseAnswer([]byte(`{"success":"yes","volume":{},"details":{}}`))
}

func TestWrongArguments(t *testing.T) {
	for _, tt := range []struct{ source, want, hint string }{
		{`vm.create{hostname = "a"}`, `missing parameter "plan_id" (id)`, ``},
		{`vm.create{hostname = "a", plan_id = 1, imgae_id = 2}`, `unknown parameter "imgae_id"`, `did you mean "image_id"?`},
		{`vm.start("web01")`, `parameter "vm_id" is "web01", want a UUID such as 5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11`, `vm.list() shows the ids`},
		{`vm.wait("web01")`, `parameter "vm_id" is "web01", want a UUID such as 5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11`, `vm.list() shows the ids`},
		{`volume.create{region = "toronto", label = "x", size = 1.5}`, `parameter "size" is "1.5", want a whole number`, ``},
		{`volume.create{region = "toronto", label = "x", size = 0/0}`, `parameter "size" is "nan", want a whole number`, ``},
		{`volume.create{region = "Toronto, Canada", label = "x", size = 1}`, `parameter "region" is "Toronto, Canada", want a region's short name such as toronto (region/list shows them)`, ``},
		{`floating.delete("toronto", "example.com")`, `parameter "ip" is "example.com", want an IP address such as 198.51.100.7`, ``},
		{`vm.create{hostname = "a", plan_id = 1, securitygroups = {1, true}}`, `parameter "securitygroups[2]" is true: the API knows text and numbers only`, `its flags are the words "yes" and "no"`},
		{`vm.create{hostname = "a", plan_id = 1, scripts = "1, 2"}`, `parameter "scripts" is "1, 2", want whole numbers joined by commas without blanks, such as 123,999`, ``},
		{`vm.create{hostname = "a", plan_id = 1, scripts = {}}`, `parameter "scripts" is empty, want whole numbers joined by commas without blanks, such as 123,999`, `leave it out if it is not meant`},
		{`vm.create{hostname = "a", plan_id = 1, set_password = "maybe"}`, `parameter "set_password" is "maybe", want yes or no`, ``},
		{`vm.create{hostname = "", plan_id = 1}`, `parameter "hostname" is required: label of the machine and host name set inside it`, ``},
		{`monitor.check_add{name = "a", type = "http", check_interval = 60, delay = 2, parameters = {name = "b"}}`, `parameter "name" is given twice: by itself and in "parameters"`, ``},
		{`vm.call("vm", "list", {tags = {a = 1}})`, `parameter "tags" is a table: the API takes text and numbers only, nothing is nested`, ``},
		{`vm.call("vm", "list", {ids = {1, 2}})`, `parameter "ids" is a list: the API takes text and numbers only`, `lists are one text joined by commas, as table.concat(list, ",") makes`},
		{`vm.call("vm", "list", {a = 0/0})`, `parameter "a" is nan, which is not a number that can be sent`, ``},
		{`vm.call("vm", "list", {a = math.huge})`, `parameter "a" is inf, which is not a number that can be sent`, ``},
		{`vm.call("vm", "list", {a = -math.huge})`, `parameter "a" is -inf, which is not a number that can be sent`, ``},
		{`vm.call("vm", "list", {a = true})`, `parameter "a" is true: the API knows text and numbers only`, `its flags are the words "yes" and "no"`},
		{`vm.call("vm")`, `missing parameter "action" (string)`, ``},
	} {
		t.Run(tt.source, func(t *testing.T) {
			calls := &recorder{next: accepting{}}
			_, err := runLua(t, newLunaNodeRuntime(t, calls, nil, nil), tt.source)
			var e *runtime.Error
			if !errors.As(err, &e) || e.Kind != runtime.Usage || e.Message != tt.want || e.Hint != tt.hint {
				t.Errorf("got  %+v\nwant %s; %s", e, tt.want, tt.hint)
			}
			if len(calls.seen) > 0 {
				t.Errorf("the call was made: %v", calls.seen)
			}
		})
	}
}

func TestErrorsOfTheService(t *testing.T) {
	w := newLunaNodeWorld(t, simulated.Config{})
	for _, tt := range []struct {
		source string
		kind   runtime.Kind
		want   string
		hint   string
	}{
		{`vm.info("5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11")`, runtime.NotFound, "invalid vm", "vm.list() shows what there is"},
		{`vm.call("vm", "create", {})`, runtime.BadRequest, "required parameter hostname not set", ""},
		{`vm.call("vm", "lst")`, runtime.BadRequest, "", "there is a known action vm/list"},
		{`vm.call("vm", "floatingip_add")`, runtime.BadRequest, "", "there is a known action vm/floatingip-add"},
		{`vm.call("vm/list", "x")`, runtime.BadRequest, `"vm/list" cannot be the name of an API category: small letters, digits, - and _ are what a name is made of, such as vm or floatingip-add`, ""},
	} {
		t.Run(tt.source, func(t *testing.T) {
			_, err := w.run(t, tt.source)
			var e *runtime.Error
			if !errors.As(err, &e) || e.Kind != tt.kind || tt.want != "" && e.Message != tt.want || e.Hint != tt.hint {
				t.Errorf("got  %+v", e)
			}
		})
	}
}

// Every action of the catalogue is a verb, with an example that runs and fits it.
func TestEveryActionIsAVerb(t *testing.T) {
	calls := &recorder{next: accepting{}}
	rt := newLunaNodeRuntime(t, calls, nil, nil)
	verbs := map[string]*runtime.Verb{}
	for _, m := range rt.Modules() {
		if strings.HasPrefix(m.Doc, "The category ") {
			t.Errorf("module %s has no doc of its own", m.Name)
		}
		for i := range m.Verbs {
			verbs[m.Verbs[i].Name] = &m.Verbs[i]
		}
	}
	if len(verbs) != 117+4 {
		t.Errorf("%d verbs, want 117 actions, call and three waits", len(verbs))
	}
	for _, action := range lunanode.LoadCatalogue().Actions() {
		verb := verbs[verbName(action)]
		if verb == nil {
			t.Errorf("%s is no verb", action)
			continue
		}
		if strings.Contains(verb.Doc, "poll ") || strings.Contains(verb.Doc, "are ignored") {
			t.Errorf("%s speaks of the API and not of scripts: %s", verb.Name, verb.Doc)
		}
		if strings.Contains(verb.Example, `"text"`) {
			t.Errorf("%s has an example that says nothing: %s", verb.Name, verb.Example)
		}
		calls.seen = nil
		if _, err := runLua(t, rt, verb.Example); err != nil {
			t.Errorf("%s: %v", verb.Example, err)
		} else if len(calls.seen) != 1 || calls.seen[0].name != action.String() {
			t.Errorf("%s called %v", verb.Example, calls.seen)
		} else if err := action.Check(calls.seen[0].params); err != nil {
			t.Errorf("%s: %v", verb.Example, err)
		}
	}
}

// No module hides a global of Lua or a module of the other cloud.
func TestModuleNames(t *testing.T) {
	taken := []string{"table", "string", "math", "os", "io", "debug", "coroutine", "package", "_G", "print", "select", "type", "next", "error",
		"servers", "images", "flavors", "addresses", "backups", "ip_groups", "limits", "auth",
		"json", "time", "log", "parallel", "retry", "fs", "env", "text"}
	for _, m := range LunaNode(accepting{}) {
		if slices.Contains(taken, m.Name) {
			t.Errorf("module %s hides another one", m.Name)
		}
	}
}

func TestEffectsOfVerbs(t *testing.T) {
	effects := map[string]runtime.Effect{}
	for _, m := range LunaNode(accepting{}) {
		for _, v := range m.Verbs {
			effects[v.Name] = v.Effect
		}
	}
	for name, want := range map[string]runtime.Effect{"vm.list": runtime.Read, "vm.create": runtime.Create, "vm.reboot": runtime.Update,
		"vm.delete": runtime.Destroy, "vm.call": runtime.Destroy, "vm.wait": runtime.Read, "vm.reimage": runtime.Destroy} {
		if effects[name] != want {
			t.Errorf("%s is %s, want %s", name, effects[name], want)
		}
	}
}

func TestObjects(t *testing.T) {
	declared := 0
	for _, m := range LunaNode(accepting{}) {
		for _, o := range m.Objects {
			declared++
			var fields []string
			for _, f := range o.Fields {
				fields = append(fields, f.Name)
			}
			for _, name := range append([]string{o.Key}, o.Columns...) {
				if !slices.Contains(fields, name) {
					t.Errorf("%s: no documented field %s among %v", o.Name, name, fields)
				}
			}
		}
	}
	if declared != 12 {
		t.Errorf("%d object types, want 12", declared)
	}
}

func TestAnswersOfUnknownShape(t *testing.T) {
	rt := newLunaNodeRuntime(t, answering{
		"monitor/contact-list": `{"success":"yes","contacts":["a","b"]}`,
		"email/usage":          `{"success":"yes","used":"12"}`,
		"vm/list":              `{"success":"yes","vms":"soon"}`,
	}, nil, nil)
	out, err := runLua(t, rt, `
		print(#monitor.contact_list(), monitor.contact_list()[2], email.usage().used)
		local ok, e = pcall(vm.list)
		print(e.kind, e, e.hint)`)
	want := "2\tb\t12\nbad_answer\tvm.list: the answer's member \"vms\" is not the list that was expected\tvm.call gives the answer as it came\n"
	if err != nil || out != want {
		t.Errorf("got  %s %v\nwant %s", out, err, want)
	}
}
