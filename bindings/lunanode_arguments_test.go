package bindings

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/runtime"
	simulated "github.com/cloudscript/cloudscript/simulator/lunanode"
)

// Every action of the catalogue with each required parameter missing, each parameter of a wrong
// type and of a wrong form, one unknown and one too many: a usage error that names the
// parameter, and nothing is sent.
func TestArgumentsOfLunaNode(t *testing.T) {
	w := newLunaNodeWorld(t, simulated.Config{})
	tried := 0
	for _, action := range lunanode.LoadCatalogue().Actions() {
		given := namedCall{verb: verbName(action)}
		for _, p := range action.Params {
			given.add(p.Name, p.Required, goodValue(p.Type))
		}
		call := given.with
		refused := func(source, name string) {
			t.Helper()
			tried++
			_, err := runLua(t, w.rt, source)
			var e *runtime.Error
			if !errors.As(err, &e) || e.Kind != runtime.Usage || e.Verb != verbName(action) || !strings.Contains(e.Message, name) {
				t.Errorf("%s: got %v, want a usage error that names %s", source, err, name)
			}
		}
		for _, p := range action.Params {
			if p.Required {
				refused(call(p.Name, ""), fmt.Sprintf("%q", p.Name))
				refused(call(p.Name, `""`), p.Name)
			}
			for _, bad := range badValues(p.Type) {
				refused(call(p.Name, bad), p.Name)
			}
		}
		refused(call("zzz", "1"), `"zzz"`)
		refused(verbName(action)+"("+strings.Repeat("1, ", 40)+"1)", "argument")
	}
	if n := len(w.sim.Calls()); n != 0 || tried < 1000 {
		t.Errorf("%d of %d wrong calls were sent", n, tried)
	}
}

func goodValue(of lunanode.ParamType) string {
	switch of {
	case lunanode.TypeUUID:
		return `"5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11"`
	case lunanode.TypeIP:
		return `"198.51.100.7"`
	case lunanode.TypeCIDR:
		return `"10.0.0.0/24"`
	case lunanode.TypeURL:
		return `"https://example.com/image.qcow2"`
	case lunanode.TypeYesNo:
		return `"yes"`
	case lunanode.TypeInt, lunanode.TypeDecimal, lunanode.TypeIntList, lunanode.TypePlan:
		return "17"
	}
	return `"x"`
}

// badValues are of another type, or of the type and not of the form.
func badValues(of lunanode.ParamType) []string {
	bad := []string{"{{}}", "print"}
	switch of {
	case lunanode.TypeUUID:
		bad = append(bad, `"17"`, `("a"):rep(300)`)
	case lunanode.TypeInt:
		bad = append(bad, `"seventeen"`, "1.5", "0/0", "math.huge", `("1"):rep(40)`)
	case lunanode.TypeDecimal:
		bad = append(bad, `"much"`, "0/0", "-math.huge")
	case lunanode.TypeIP:
		bad = append(bad, `"198.51.100"`, `"fe80::1%eth0"`)
	case lunanode.TypeCIDR:
		bad = append(bad, `"10.0.0.0"`)
	case lunanode.TypeURL:
		bad = append(bad, `"image.qcow2"`)
	case lunanode.TypeYesNo:
		bad = append(bad, `"maybe"`, "1")
	case lunanode.TypeIntList:
		bad = append(bad, `"1, 2"`, `{1, "b"}`, "{true}")
	case lunanode.TypeRegion:
		bad = append(bad, `"To ronto"`)
	case lunanode.TypePlan:
		bad = append(bad, `"m/1"`)
	}
	return bad
}
