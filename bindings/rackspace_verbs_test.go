package bindings

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/simulator"
	"github.com/cloudscript/cloudscript/simulator/cloudservers"
)

// ledger is the account that the examples of the verbs are about.
func ledger() simulator.Config {
	return simulator.Config{State: &simulator.State{CloudServers: &cloudservers.State{
		Images: []cloudservers.ImageState{{ID: 112, Name: "Ubuntu 10.04 LTS"}, {ID: 30441, Name: "golden", ServerID: 40117}},
		Servers: []cloudservers.ServerState{
			{ID: 40117, Name: "ledger-01", ImageID: 112, FlavorID: 2, SharedIPGroupID: 310, Public: []string{"198.51.100.17"}},
			{ID: 40120, Name: "ledger-02", ImageID: 112, FlavorID: 2, SharedIPGroupID: 310},
			{ID: 40131, Name: "reports-01", ImageID: 112, FlavorID: 1},
		},
		SharedIPGroups: []cloudservers.IPGroupState{{ID: 310, Name: "ledger-ha"}},
	}}}
}

// What an example takes for granted.
func before(verb string) string {
	switch verb {
	case "servers.confirm_resize", "servers.revert_resize":
		return `servers.resize(40117, 3) servers.wait(40117, "VERIFY_RESIZE")`
	case "addresses.unshare":
		return `addresses.share(40120, "198.51.100.17", 310) servers.wait(40120)`
	case "ip_groups.delete":
		return `servers.delete(40117) servers.delete(40120)`
	}
	return ""
}

// The example of every verb runs as it stands in the reference.
func TestExamplesOfCloudServersRun(t *testing.T) {
	for _, v := range newCloudWorld(t, ledger()).rt.Verbs() {
		t.Run(v.Name, func(t *testing.T) {
			w := newCloudWorld(t, ledger())
			if _, err := runLua(t, w.rt, before(v.Name)+"\n"+v.Example); err != nil {
				t.Errorf("%s\n%v", v.Example, err)
			}
		})
	}
}

// Every verb with each required parameter missing, each parameter of a wrong type, one too many
// and one unknown: the whole text, and nothing is sent.
func TestArgumentsOfCloudServers(t *testing.T) {
	w := newCloudWorld(t, ledger())
	var b strings.Builder
	for _, v := range w.rt.Verbs() {
		var calls []string
		given := namedCall{verb: v.Name}
		for _, p := range v.Params {
			given.add(p.Name, p.Required, sample(p.Type))
		}
		for _, p := range v.Params {
			if p.Required {
				calls = append(calls, given.with(p.Name, ""))
			}
			if wrong := wrong(p.Type); wrong != "" {
				calls = append(calls, given.with(p.Name, wrong))
			}
		}
		calls = append(calls, given.with("zzz", "1"), v.Name+"(1, 2, 3, 4, 5, 6, 7, 8, 9)")
		for _, call := range calls {
			_, err := runLua(t, w.rt, call)
			var e *runtime.Error
			if !errors.As(err, &e) || e.Kind != runtime.Usage {
				t.Errorf("%s: got %v, want a usage error", call, err)
				continue
			}
			fmt.Fprintf(&b, "%s\n    %s\n", call, strings.TrimPrefix(e.Error(), "test.lua:1: "))
		}
	}
	if n := len(w.sim.Calls()); n != 0 {
		t.Errorf("%d calls were sent", n)
	}
	const golden = "testdata/rackspace-arguments.txt"
	if *updateRackspace {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || b.String() != string(want) {
		t.Errorf("%v; the errors are\n%s", err, b.String())
	}
}

func sample(t runtime.Type) string {
	switch t {
	case runtime.ID:
		return "17"
	case runtime.Callback:
		return "print"
	}
	return `"x"`
}

func wrong(t runtime.Type) string {
	switch t {
	case runtime.ID, runtime.String, runtime.Integer, runtime.Number, runtime.Boolean, runtime.Callback, runtime.Duration:
		return "{}"
	case runtime.Strings:
		return "7"
	}
	return ""
}

func TestLostAnswersInScripts(t *testing.T) {
	config := ledger()
	config.Faults = []string{"servers.create nth=1 lost-reply", "servers.delete nth=1 lost-reply"}
	w := newCloudWorld(t, config)
	w.check(t, `
		local found = servers.create{name = "web1", image = 112, flavor = 1} -- it is there, and is looked for
		print(found.name, found.adminPass)
		found:wait()
		found:delete() -- its answer is lost as well, and it is asked for again
		print(#servers.list())
	`, `
web1	nil
3
`)
}

func TestARefusedTokenIsNoConcernOfScripts(t *testing.T) {
	w := newCloudWorld(t, ledger())
	w.check(t, `print(#servers.list())`, "3")
	w.sim.ExpireToken()
	w.check(t, `print(#servers.list())`, "3")
}

func TestPasswordsAreReadableAndNotShown(t *testing.T) {
	w := newCloudWorld(t, ledger())
	w.check(t, `
		local s = servers.create{name = "web1", image = 112, flavor = 1}
		print(s.adminPass:match("^web1") ~= nil, #s.adminPass > 8)
		s:wait()
		print(s:get().adminPass)
	`, "true\ttrue\nnil")
	got, err := runLua(t, w.rt, `local s = servers.create{name = "web2", image = 112, flavor = 1} print(s)`)
	if err != nil || regexp.MustCompile(`web2\w{4,}`).MatchString(got) {
		t.Errorf("print shows the password: %s %v", got, err)
	}
}

func TestUnknownFieldsReachScripts(t *testing.T) {
	w := newCloudWorld(t, ledger())
	w.check(t, `
		local s = servers.get(40117)
		local n = 0
		for key in pairs(s) do n = n + 1 end
		print(n > 8, s.sharedIpGroupId, s.addresses.public[1], s.hostId ~= nil)
		s.note = "mine"
		print(s.note, s.name)
	`, "true\t310\t198.51.100.17\ttrue\nmine\tledger-01")
}

func TestHowNearNamesAre(t *testing.T) {
	rows := []named{{"1", "256 server"}, {"2", "512 server"}, {"3", "Ubuntu 10.04 LTS"}, {"4", "Ubuntu 11.10"}, {"5", "é"}}
	for text, want := range map[string]string{
		"ubuntu":        "[3 4]",     // holds the text
		"512 servr":     "[2]",       // a letter off
		"server xl":     "[1 2]",     // shares a word
		"ubunut 11.10":  "[4]",       // two letters off
		"windows":       "[]",        //
		"10.04 ":        "[3]",       //
		"server ubuntu": "[1 2 3 4]", // shares one word or the other
	} {
		got := []string{}
		for _, row := range nearRows(rows, text) {
			got = append(got, string(row.ID))
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%s: got %v, want %s", text, got, want)
		}
	}
}
