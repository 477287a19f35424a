package lunanode

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// entry is one row of the catalogue with the parts that only tests read.
type entry struct {
	Category, Action  string
	Mutates           bool
	Params            []parameter
	Response          []struct{ Name, Type string }
	ResponseConfirmed bool `json:"response_confirmed"`
}

func (e entry) path() string { return e.Category + "/" + e.Action }

func readCatalogue(t testing.TB) []entry {
	t.Helper()
	var entries []entry
	if err := json.Unmarshal(catalogueJSON, &entries); err != nil {
		t.Fatal(err)
	}
	return entries
}

// newSeededClient has the account of testdata/account.json.
func newSeededClient(t testing.TB, config Config) *client {
	t.Helper()
	c := newClient(t, config)
	c.reseed()
	return c
}

// reseed makes the account that of testdata/account.json again.
func (c *client) reseed() {
	c.t.Helper()
	text, err := os.ReadFile("testdata/account.json")
	if err != nil {
		c.t.Fatal(err)
	}
	var state State
	if err := json.Unmarshal(text, &state); err != nil {
		c.t.Fatal(err)
	}
	if err := c.server.Restore(state); err != nil {
		c.t.Fatal(err)
	}
}

const (
	runningVM = "5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11"
	stoppedVM = "5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c12"
	shelvedVM = "5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c13"
	publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIO8uyj9CjbNOSW/fkR2sAcif52NwDv/2Cu9BTRVHO0bO you@host"
)

// plausible values by parameter name, for the account of testdata/account.json.
var plausible = args{
	"vm_id": runningVM, "image_id": "140", "volume_id": "4682", "snapshot_id": "501", "script_id": "1064", "key_id": "1862",
	"group_id": "21", "rule_id": "2d2b1d16-33a1-4d3f-9f4c-1a1fb3a4d001", "net_id": "5", "lb_id": "61",
	"member_id": "2d2b1d16-33a1-4d3f-9f4c-1a1fb3a4d002", "zone_id": "310", "record_id": "5200", "dyn_id": "77",
	"check_id": "901", "contact_id": "701", "alert_id": "801", "domain_id": "41", "user_id": "141", "alias_id": "241",

	"region": "toronto", "dst_region": "montreal", "plan_id": "m.2", "hostname": "host.example.com", "name": "fresh", "label": "fresh",
	"location": "https://example.org/disk.qcow2", "format": "qcow2", "size": "30", "target": "auto", "image_name": "between",
	"ip": "198.51.100.8", "subnet": "10.2.0.0/24", "dns": "1.1.1.1", "method": "roundrobin", "protocol": "tcp",
	"connection_limit": "10", "port": "443", "ttl": "300", "type": "A", "data": "192.0.2.1", "check_interval": "60", "delay": "2",
	"rel": "+15550100", "direction": "ingress", "remote_type": "cidr", "remote_value": "10.0.0.0/8", "content": "#!/bin/sh\n",
	"sshkey": publicKey, "username": "grace", "password": "correct horse", "selector": "s2",
	"private_key": "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n", "key": "cpu", "origin": "example.org",
	"charge_for_cpu": "yes", "fairshare_nolend": "no",
}

// plausibleFor are the values of single actions where the general ones do not fit.
var plausibleFor = map[string]args{
	"vm/create":                 {"image_id": "26"},
	"vm/start":                  {"vm_id": stoppedVM},
	"vm/diskswap":               {"vm_id": stoppedVM},
	"vm/unshelve":               {"vm_id": shelvedVM},
	"vm/ip-delete":              {"ip": "10.1.0.11"},
	"image/replicate":           {"region": "montreal"},
	"volume/detach":             {"volume_id": "4683"},
	"securitygroup/delete":      {"group_id": "22"},
	"securitygroup/rule-insert": {"type": "IPv4"},
	"monitor/check-add":         {"type": "icmp", "target": "192.0.2.1"},
	"monitor/contact-add":       {"type": "sms"},
	"network/delete":            {"net_id": "2", "region": "montreal"},
	"email/domain-add":          {"name": "example.net"},
	"email/alias-add":           {"target": "ada@example.com"},
	"dns2/zone-add":             {"name": "example.org."},
}

// plausibleParams are the action's required parameters.
func plausibleParams(t testing.TB, e entry) args {
	t.Helper()
	params := args{}
	for _, p := range e.Params {
		if !p.Required {
			continue
		}
		if params[p.Name] = plausible[p.Name]; params[p.Name] == nil {
			t.Fatalf("no plausible value for %s of %s", p.Name, e.path())
		}
	}
	maps.Copy(params, plausibleFor[e.path()])
	return params
}

// Every action of the catalogue answers, with everything that the catalogue says
// about the answer in it.
func TestEveryActionAnswers(t *testing.T) {
	entries := readCatalogue(t)
	if len(entries) != 117 {
		t.Fatalf("%d actions, want 117", len(entries))
	}
	c := newClient(t, Config{})
	for _, e := range entries {
		t.Run(e.path(), func(t *testing.T) {
			c.t = t
			c.reseed()
			if e.path() == "image/retrieve" {
				return // no JSON: TestImageRetrieve
			}
			answer := c.call(e.path(), plausibleParams(t, e))
			if len(e.Response) == 0 && (e.Mutates || e.ResponseConfirmed) && len(answer) != 1 {
				t.Errorf("%v beside success", answer)
			}
			for _, r := range e.Response {
				if !sometimesAbsent(r.Name, r.Type) && !present(answer, pathParts(r.Name)) {
					t.Errorf("no %s in %v", r.Name, answer)
				}
			}
			c.state() // whatever the action did can be dumped and restored
		})
	}
	if server := New(Config{}); len(server.actions) != len(entries) {
		t.Errorf("%d actions have code, the catalogue has %d", len(server.actions), len(entries))
	}
}

// state dumps the account, which another server must be able to restore.
func (c *client) state() State {
	c.t.Helper()
	state := c.server.State()
	if err := New(Config{Clock: c.clock}).Restore(state); err != nil {
		c.t.Errorf("the dump cannot be restored: %v", err)
	}
	return state
}

func sometimesAbsent(name, kind string) bool {
	return strings.Contains(kind, "absent") || strings.Contains(kind, "only when") ||
		strings.Contains(kind, "(bandwidth)") || strings.Contains(kind, "(io)") || // parts of other answers of vm/usage
		name == "extra.os_status"
}

// pathParts splits vms[].vm_id, dyns{}.id and <index>.id; an asterisk stands for
// any member.
func pathParts(name string) []string {
	name = strings.NewReplacer("[]", ".*", "{}", ".*", "<index>", "*").Replace(name)
	return strings.Split(name, ".")
}

func present(value any, path []string) bool {
	if len(path) == 0 {
		return true
	}
	switch v := value.(type) {
	case map[string]any:
		if path[0] != "*" {
			member, ok := v[path[0]]
			return ok && present(member, path[1:])
		}
		for name, member := range v {
			if name != "success" && present(member, path[1:]) {
				return true
			}
		}
	case []any:
		return path[0] == "*" && slices.ContainsFunc(v, func(item any) bool { return present(item, path[1:]) })
	}
	return false
}

// A required parameter that is absent, null or empty is reported before anything
// else, the first one in the order of the catalogue.
func TestRequiredParametersComeFirst(t *testing.T) {
	c := newSeededClient(t, Config{})
	for _, e := range readCatalogue(t) {
		var missing []string
		nonsense := args{}
		for _, p := range e.Params {
			if p.Required {
				missing = append(missing, p.Name)
			} else {
				nonsense[p.Name] = []string{"nonsense"}
			}
		}
		for i, name := range missing {
			want := "required parameter " + name + " not set"
			given := maps.Clone(nonsense)
			for _, before := range missing[:i] {
				given[before] = "no such thing"
			}
			c.refuse(e.path(), given, want)
			given[name] = ""
			c.refuse(e.path(), given, want)
			given[name] = nil
			c.refuse(e.path(), given, want)
		}
	}
}

// Values that no parameter can have are refused by name, whatever the action.
func TestImpossibleValues(t *testing.T) {
	c := newSeededClient(t, Config{})
	for _, e := range readCatalogue(t) {
		params := plausibleParams(t, e)
		for _, p := range e.Params {
			for _, want := range map[string]struct {
				value any
				text  string
			}{
				"list":     {[]string{"a"}, "a text or a number, not a list"},
				"object":   {args{"a": "b"}, "a text or a number, not an object"},
				"boolean":  {true, "a text or a number, not a boolean"},
				"too long": {strings.Repeat("x", p.longest()+1), "at most " + decimal(p.longest()) + " bytes long"},
			} {
				bad := maps.Clone(params)
				bad[p.Name] = want.value
				c.refuse(e.path(), bad, "invalid "+p.Name+": must be "+want.text)
			}
		}
	}
}

// Ids that nothing has, and words where numbers belong, never succeed and never
// change anything.
func TestUnknownIDs(t *testing.T) {
	c := newSeededClient(t, Config{})
	before, _ := json.Marshal(c.server.State())
	for _, e := range readCatalogue(t) {
		for _, p := range e.Params {
			if !p.Required || p.Type == "string" || p.Type == "decimal" {
				continue
			}
			for _, value := range []string{"999999", "-1", "1 OR 1=1", "no such thing"} {
				if p.Type == "int" && !p.isID() && value == "999999" {
					continue // a number that may do
				}
				params := plausibleParams(t, e)
				params[p.Name] = value
				answer := c.post(e.path(), c.form(e.path(), params))
				if text, _ := answer["error"].(string); answer["success"] != "no" || !strings.HasPrefix(text, "invalid ") {
					t.Errorf("%s with %s=%s: %v", e.path(), p.Name, value, answer)
				}
			}
		}
	}
	after, _ := json.Marshal(c.server.State())
	equals(t, "the account", string(after), string(before))
}

func TestUnknownActions(t *testing.T) {
	c := newClient(t, Config{})
	c.refuse("vm/explode", nil, "invalid action explode in category vm")
	c.refuse("lb/member-add", nil, "invalid action member-add in category lb")
	c.refuse("pony/list", nil, "invalid category pony")
}
