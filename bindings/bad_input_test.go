package bindings

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/simulator"
	simulated "github.com/cloudscript/cloudscript/simulator/lunanode"
)

// callWith is a call of a verb with its required parameters, and with one parameter as given.
func callWith(v *runtime.Verb, name, value string) string {
	var parts []string
	for _, p := range v.Params {
		switch {
		case p.Name == name:
			parts = append(parts, name+" = "+value)
		case p.Required:
			parts = append(parts, p.Name+" = "+goodArgument(v, p))
		}
	}
	return v.Name + "{" + strings.Join(parts, ", ") + "}"
}

// goodArgument is a value that no check of form refuses. Things with these ids do not exist.
func goodArgument(v *runtime.Verb, p runtime.Param) string {
	if action, ok := actionOf(v); ok {
		if param, ok := action.Param(p.Name); ok {
			if param.Type == lunanode.TypeRegion {
				return `"toronto"`
			}
			return goodValue(param.Type)
		}
	}
	switch {
	case p.Type == runtime.Callback:
		return "print"
	case p.Name == "address":
		return `"198.51.100.17"`
	case p.Name == "vm_id":
		return goodValue(lunanode.TypeUUID)
	case p.Type == runtime.ID:
		return "17"
	}
	return `"x"`
}

// actionOf is the action that a verb of Luna Node calls.
func actionOf(v *runtime.Verb) (*lunanode.Action, bool) {
	for _, action := range lunanode.LoadCatalogue().Actions() {
		if verbName(action) == v.Name {
			return action, true
		}
	}
	return nil, false
}

// Every parameter of every verb with a text of 20,000 bytes, before services that refuse it and
// repeat it: an error that a person can read.
func TestTextsThatAreTooLong(t *testing.T) {
	tried := 0
	for _, g := range []garbled{
		{status: 400, body: `{"badRequest":{"message":"%s"}}`, echo: true},
		{status: 200, body: `{"success":"no","error":"no: %s"}`, echo: true},
		{status: 500, body: "%s", echo: true},
	} {
		rt := garbledRuntime(t, g)
		for _, v := range rt.Verbs() {
			for _, p := range v.Params {
				value := `("long"):rep(5000)`
				switch p.Type {
				case runtime.Callback, runtime.Boolean, runtime.Duration, runtime.Integer, runtime.Number:
					continue // texts are refused by their type
				case runtime.Strings:
					value = `{["/a"] = ` + value + `}`
				case runtime.Table:
					value = `{a = ` + value + `}`
				}
				tried++
				checkReadable(t, rt, callWith(v, p.Name, value), fmt.Sprint(g.status, " ", g.body))
			}
		}
	}
	if tried < 800 {
		t.Errorf("only %d calls were tried", tried)
	}
}

func checkReadable(t *testing.T, rt *runtime.Runtime, source, what string) {
	t.Helper()
	_, err := runLua(t, rt, source)
	if err == nil {
		return
	}
	var e *runtime.Error
	if !errors.As(err, &e) || e.Kind == runtime.Internal || e.Message == "" {
		t.Errorf("%s: %s: %v", what, source, err)
		return
	}
	if shown := e.Render(runtime.RenderOptions{}); len(shown) > 3000 {
		t.Errorf("%s: %s: an error of %d bytes: %.300s", what, source, len(shown), shown)
	}
}

// Every verb that names a thing, with ids of things that do not exist: the service says so, in a
// way that the verb declares, and nothing is made.
func TestThingsThatDoNotExist(t *testing.T) {
	servers, machines := newCloudWorld(t, simulator.Config{}), newLunaNodeWorld(t, simulated.Config{})
	tried := 0
	for _, rt := range []*runtime.Runtime{servers.rt, machines.rt} {
		for _, v := range rt.Verbs() {
			if !namesAThing(v) {
				continue
			}
			tried++
			source := callWith(v, "", "")
			if v.Name == "servers.update" {
				source = callWith(v, "name", `"x"`)
			}
			_, err := runLua(t, rt, source)
			var e *runtime.Error
			// Luna Node's words for things of two words are not confirmed and prove nothing.
			twoWords := errors.As(err, &e) && strings.Contains(strings.TrimPrefix(e.Message, "invalid "), " ")
			if e == nil || e.Kind != runtime.NotFound && !(twoWords && e.Kind == runtime.BadRequest) || !slices.Contains(v.Errors, runtime.NotFound) {
				t.Errorf("%s: %v; declared are %v", source, err, v.Errors)
			}
		}
	}
	if tried < 80 {
		t.Errorf("only %d verbs were tried", tried)
	}
	servers.check(t, `print(#servers.list(), #ip_groups.list())`, "0\t0")
	machines.check(t, `print(#vm.list(), #volume.list())`, "0\t0")
}

func namesAThing(v *runtime.Verb) bool {
	if action, ok := actionOf(v); ok {
		return thingOf(action) != ""
	}
	return slices.ContainsFunc(v.Params, func(p runtime.Param) bool { return p.Required && p.Type == runtime.ID })
}
