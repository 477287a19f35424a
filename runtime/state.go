package runtime

import (
	"fmt"
	"sort"
	"strings"

	"github.com/cloudscript/cloudscript/runtime/internal/luajson"
	lua "github.com/yuin/gopher-lua"
)

// open makes the run's Lua state: the language, the modules, arg and params.
func (r *run) open(options RunOptions) error {
	L := lua.NewState(lua.Options{IncludeGoStackTrace: false})
	r.state = L
	r.json = luajson.NewCodec(L, luajson.Options{})
	L.SetGlobal("print", L.NewFunction(r.print))
	r.defineObjects()
	if err := r.openModules(); err != nil {
		return err
	}
	args := L.NewTable()
	for i, a := range options.Args {
		args.RawSetInt(i+1, lua.LString(a))
	}
	L.SetGlobal("arg", args)
	params, err := r.toLua(orEmpty(options.Params))
	if err != nil {
		return fmt.Errorf("runtime: params: %w", err)
	}
	L.SetGlobal("params", params)
	return nil
}

func orEmpty(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}

func (r *run) print(L *lua.LState) int {
	var b strings.Builder
	for i := 1; i <= L.GetTop(); i++ {
		if i > 1 {
			b.WriteByte('\t')
		}
		b.WriteString(L.ToStringMeta(L.Get(i)).String())
	}
	b.WriteByte('\n')
	n, _ := r.stdout.Write([]byte(b.String()))
	r.stats.Output += int64(n)
	return 0
}

// openModules makes a table for each module and a function for each global verb.
func (r *run) openModules() error {
	L := r.state
	for i := range r.rt.catalogue.modules {
		m := &r.rt.catalogue.modules[i]
		table := L.NewTable()
		target := table
		if m.Name == "" {
			target = L.G.Global
		}
		module := r.rt.catalogue.inside[m.Name]
		for j := range m.Verbs {
			v := r.rt.catalogue.verbs[m.Verbs[j].Name]
			target.RawSetString(v.Function(), L.NewFunction(r.verbFunction(v)))
		}
		names := make([]string, 0, len(m.Values))
		for name := range m.Values {
			names = append(names, name)
		}
		sort.Strings(names)
		for _, name := range names {
			lv, err := r.toLua(m.Values[name])
			if err != nil {
				return fmt.Errorf("runtime: module %q: value %q: %w", m.Name, name, err)
			}
			target.RawSetString(name, lv)
		}
		if m.Name == "" {
			continue
		}
		mt := L.NewTable()
		mt.RawSetString("__index", L.NewFunction(func(L *lua.LState) int {
			r.raise(L, module.unknown(L.Get(2)))
			return 0
		}))
		mt.RawSetString("__newindex", L.NewFunction(func(L *lua.LState) int {
			r.raise(L, Errorf(Usage, "the module %s cannot be changed; put %s in a table of your own", m.Name, L.Get(2).String()))
			return 0
		}))
		mt.RawSetString("__metatable", lua.LString("module "+m.Name))
		table.Metatable = mt
		L.SetGlobal(m.Name, table)
	}
	return nil
}

func (m *boundModule) unknown(key lua.LValue) *Error {
	name := key.String()
	e := Errorf(Usage, "%s has no verb %q", m.name, name)
	if near := nearest(name, m.names); near != "" {
		e.Hint = fmt.Sprintf("did you mean %s.%s?", m.name, near)
	} else {
		e.Hint = fmt.Sprintf("%s has: %s", m.name, strings.Join(m.names, ", "))
	}
	return e
}
