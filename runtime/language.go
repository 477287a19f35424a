package runtime

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/internal/nearest"
	"github.com/cloudscript/cloudscript/runtime/internal/layout"
	"github.com/cloudscript/cloudscript/runtime/internal/lualib"
	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
)

// A language is what every script of a Runtime finds: Lua's own library, a
// sealed table for each module, a function for each verb. It belongs to no run
// and is shared by all of them; the functions find their run through the thread
// that calls them.
type language struct {
	library *lualib.Library
	globals []global
	methods map[string]map[string]*lua.LFunction // by object type and name
	modules map[*lua.LTable]*boundModule
	verbs   map[*lua.LFunction]*boundVerb

	errorIndex lua.LGFunction // __index of errors, which raises errors itself
}

type global struct {
	name  string
	value lua.LValue
}

func newLanguage(c *catalogue) *language {
	l := &language{
		library:    lualib.New(lualib.Config{Extra: []lualib.Function{{Name: "os.exit", Fn: osExit}}}),
		errorIndex: missingErrorField,
		methods:    map[string]map[string]*lua.LFunction{}, modules: map[*lua.LTable]*boundModule{}, verbs: make(map[*lua.LFunction]*boundVerb, len(c.names))}
	functions := make(map[*boundVerb]*lua.LFunction, len(c.names))
	for _, name := range c.names {
		v := c.verbs[name]
		functions[v] = vm.NewRecordFunction(v.call)
		l.verbs[functions[v]] = v
	}
	for _, m := range c.modules {
		module := c.inside[m.Name]
		if m.Name == "" {
			for _, v := range c.globals {
				l.globals = append(l.globals, global{v.Name, functions[v]})
			}
			continue
		}
		content := lualib.NewTable(len(module.verbs))
		for _, name := range module.names {
			if v := module.verbs[name]; v != nil {
				content.RawSetString(name, functions[v])
			}
		}
		rest := lualib.NewTable(1)
		rest.RawSetString("__index", staticFunction(module.index))
		content.Metatable = rest
		table := lualib.Seal(m.Name, content)
		l.modules[table] = module
		for _, v := range module.verbs {
			v.module = table
		}
		l.globals = append(l.globals, global{m.Name, table})
	}
	for name, object := range c.objects {
		l.methods[name] = map[string]*lua.LFunction{}
		for method, v := range object.methods {
			l.methods[name][method] = functions[v]
		}
	}
	slices.SortFunc(l.globals, func(a, b global) int { return strings.Compare(a.name, b.name) })
	return l
}

// staticFunction is a function that no state owns.
func staticFunction(f lua.LGFunction) *lua.LFunction { return &lua.LFunction{IsG: true, GFunction: f} }

// moduleOf is the module that a table is, nil for other values.
func (rt *Runtime) moduleOf(v lua.LValue) *boundModule {
	t, ok := v.(*lua.LTable)
	if !ok {
		return nil
	}
	return rt.language.modules[t]
}

// summary is a module as show prints it, on lines of so many columns; 0 does not limit.
func (m *boundModule) summary(columns int) string {
	return layout.Names("module "+m.name+":", m.names, columns)
}

// index answers for what a module's table does not hold: its constants, which
// become Lua values of the run that asks, and names that do not exist.
func (m *boundModule) index(L *lua.LState) int {
	t := taskOf(L)
	name, _ := L.Get(2).(lua.LString)
	value, ok := m.values[string(name)]
	if !ok {
		t.raise(L, m.unknown(L.Get(2)))
	}
	lv, err := t.run.toLua(value)
	if err != nil {
		t.raise(L, &Error{Kind: Internal, Message: fmt.Sprintf("the value %s.%s: %v", m.name, name, err), Cause: err})
	}
	L.Push(lv)
	return 1
}

func (m *boundModule) unknown(key lua.LValue) *Error {
	name, ok := key.(lua.LString)
	if !ok {
		return Errorf(Usage, "%s is a module and has no element %s", m.name, describe(&Param{}, key))
	}
	e := Errorf(Usage, "%s has no verb %s", m.name, quoted(string(name)))
	if near := nearest.Name(string(name), m.names); near != "" {
		e.Hint = fmt.Sprintf("did you mean %s.%s?", m.name, near)
	} else {
		e.Hint = fmt.Sprintf("%s has %s", m.name, strings.Join(m.names, ", "))
	}
	return e
}

// osExit is os.exit(status or boolean): it ends the run, not the process.
func osExit(L *lua.LState) int {
	status := 0
	switch v := L.Get(1).(type) {
	case lua.LNumber:
		status = int(v)
	case lua.LBool:
		if !bool(v) {
			status = 1
		}
	}
	taskOf(L).run.end(L, &Error{Kind: Exit, Message: "the script ended the run", ExitCode: status})
	return 0
}
