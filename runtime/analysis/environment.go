package analysis

import (
	"context"
	"fmt"
	"slices"

	"github.com/cloudscript/cloudscript/runtime"
)

// An environment is what scripts of a runtime find.
type environment struct {
	rt        *runtime.Runtime
	globals   []string            // sorted
	libraries map[string][]string // of Lua: string, math, …; their members, sorted
	modules   map[string]*runtime.Module
	methods   map[string]map[string]*runtime.Verb // by object type and name
}

// survey is a script that lists what every script finds. No verb is called.
const survey = `
local found = {}
for name, value in pairs(_G) do
  local members = {}
  if type(value) == "table" and name ~= "_G" then
    for member in pairs(value) do
      if type(member) == "string" then members[#members + 1] = member end
    end
    table.sort(members)
  end
  found[name] = members
end
return found
`

// newEnvironment asks the runtime itself for its globals, so that what is known
// here cannot differ from what scripts find.
func newEnvironment(ctx context.Context, rt *runtime.Runtime) (*environment, error) {
	program, err := runtime.Compile("survey", []byte(survey))
	if err != nil {
		return nil, fmt.Errorf("analysis: %w", err)
	}
	result, err := rt.Run(ctx, program, runtime.RunOptions{})
	if err != nil {
		return nil, fmt.Errorf("analysis: cannot list what scripts find: %w", err)
	}
	e := &environment{rt: rt, libraries: map[string][]string{}, modules: map[string]*runtime.Module{}, methods: map[string]map[string]*runtime.Verb{}}
	modules := rt.Modules()
	for i := range modules {
		e.modules[modules[i].Name] = &modules[i]
	}
	found, _ := result.Values[0].(map[string]any)
	for name, members := range found {
		e.globals = append(e.globals, name)
		if list, ok := members.([]any); ok && len(list) > 0 && e.modules[name] == nil {
			for _, member := range list {
				e.libraries[name] = append(e.libraries[name], fmt.Sprint(member))
			}
		}
	}
	slices.Sort(e.globals)
	for _, o := range rt.Objects() {
		e.methods[o.Name] = map[string]*runtime.Verb{}
		for _, v := range rt.Methods(o.Name) {
			e.methods[o.Name][v.Function()] = v
		}
	}
	return e, nil
}

func (e *environment) has(global string) bool {
	_, ok := slices.BinarySearch(e.globals, global)
	return ok
}

// members are the names that a module holds.
func members(m *runtime.Module) []string {
	var names []string
	for i := range m.Verbs {
		names = append(names, m.Verbs[i].Function())
	}
	for name := range m.Values {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// elements are the names that objects of a type are documented to have.
func (e *environment) elements(o *runtime.ObjectType) []string {
	var names []string
	for _, f := range o.Fields {
		names = append(names, f.Name)
	}
	for name := range e.methods[o.Name] {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
