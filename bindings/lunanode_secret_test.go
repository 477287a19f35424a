package bindings

import (
	"context"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
	simulated "github.com/cloudscript/cloudscript/simulator/lunanode"
)

// The password of a new machine stands deep in the answer of vm.info. A script
// reads it there; the prompt shows the answer without it.
func TestLoginDetailsAreNotShown(t *testing.T) {
	w := newLunaNodeWorld(t, simulated.Config{})
	session, err := w.rt.NewSession(runtime.RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = session.Close() }()
	eval := func(source string) runtime.Value {
		t.Helper()
		values, err := session.Eval(context.Background(), "test", source)
		if err != nil {
			t.Fatalf("%s: %v", source, err)
		}
		return append(values, runtime.Value{})[0]
	}
	eval(`machine = vm.create{hostname = "db1", plan_id = "m.1", image_id = 240002}`)
	eval(`vm.wait(machine.vm_id, "Online")`)
	details, _ := eval(`vm.info(machine.vm_id).info.login_details`).Go().(string)
	_, password, ok := strings.Cut(details, "password: ")
	if !ok || password == "" {
		t.Fatalf("the script reads %q", details)
	}
	for _, source := range []string{
		`vm.info(machine.vm_id)`, `{answer = vm.info(machine.vm_id)}`, `{vm.info(machine.vm_id)}`,
		`vm.info(machine.vm_id).info`, `vm.call("vm", "info", {vm_id = machine.vm_id})`,
	} {
		if shown := session.Format(eval(source), 0); strings.Contains(shown, password) || !strings.Contains(shown, "[secret]") {
			t.Errorf("%s shows\n%s", source, shown)
		}
	}
}
