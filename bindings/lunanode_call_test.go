package bindings

import (
	"errors"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

// What a policy says of a verb of the catalogue holds for vm.call, too.
func TestVMCallIsNoWayAroundAPolicy(t *testing.T) {
	const machine = `{vm_id = "5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11"}`
	for _, test := range []struct {
		allow, deny string
		source      string
		allowed     bool
	}{
		{"*", "vm.delete", `vm.delete` + machine, false},
		{"*", "vm.delete", `vm.call("vm", "delete", ` + machine + `)`, false},
		{"*", "vm.delete", `vm.call("vm", "info", ` + machine + `)`, true},
		{"*", "vm.delete(vm_id=5b0c*)", `vm.call("vm", "delete", ` + machine + `)`, false},
		{"*", "vm.delete(name=web*)", `vm.call("vm", "delete", ` + machine + `)`, false},
		{"*", "vm.floatingip_add", `vm.call("vm", "floatingip-add", ` + machine + `)`, false},
		{"*", "create", `vm.call("vm", "create", {hostname = "a", plan_id = "m.1", image_id = 26})`, false},
		{"vm.*", "", `vm.call("vm", "info", ` + machine + `)`, true},
		{"vm.*", "", `vm.call("volume", "delete", {volume_id = 3})`, false},
		{"read", "", `vm.call("vm", "info", ` + machine + `)`, true},
		{"read", "", `vm.call("vm", "unheard-of", {})`, false},
	} {
		config := runtime.Config{Modules: LunaNode(answering{"vm/info": `{"success":"yes","extra":{"name":"web1"}}`}), Policy: runtime.Policy{Allow: []runtime.Rule{ruleOf(t, test.allow)}}}
		if test.deny != "" {
			config.Policy.Deny = []runtime.Rule{ruleOf(t, test.deny)}
		}
		rt, err := runtime.New(config)
		if err != nil {
			t.Fatal(err)
		}
		_, err = runLua(t, rt, test.source)
		if denied := errors.Is(err, &runtime.Error{Kind: runtime.Denied}); denied == test.allowed {
			t.Errorf("allow %s, deny %s: %s: %v", test.allow, test.deny, test.source, err)
		}
	}
}

func ruleOf(t *testing.T, text string) runtime.Rule {
	t.Helper()
	rule, err := runtime.ParseRule(text)
	if err != nil {
		t.Fatal(err)
	}
	return rule
}
