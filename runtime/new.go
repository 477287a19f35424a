package runtime

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/cloudscript/cloudscript/internal/clock"
	"github.com/cloudscript/cloudscript/runtime/internal/vm"
)

// A Runtime runs programs. It does not change and is safe for many goroutines.
type Runtime struct {
	config    Config
	clock     Clock
	catalogue *catalogue
	language  *language
	idle      sync.Pool // of *interpreter
	memory    memoryWatch
	compiled  vm.ModuleCache // of require
}

// New checks the configuration and makes a Runtime of it. Mistakes in
// declarations are reported all at once, each with the name of its verb.
func New(config Config) (*Runtime, error) {
	config.Modules = slices.Clone(config.Modules)
	c, err := declare(config.Modules)
	if err != nil {
		return nil, fmt.Errorf("runtime: %w", err)
	}
	if err := config.Policy.check(c); err != nil {
		return nil, fmt.Errorf("runtime: %w", err)
	}
	if err := config.Limits.check(c); err != nil {
		return nil, fmt.Errorf("runtime: %w", err)
	}
	config.Limits.CallsOf = maps.Clone(config.Limits.CallsOf)
	for name := range config.Values {
		switch {
		case !isName(name):
			return nil, fmt.Errorf("runtime: value %q: not a name that scripts can write", name)
		case c.inside[name] != nil || c.verbs[name] != nil:
			return nil, fmt.Errorf("runtime: value %q: a module or verb has this name", name)
		}
	}
	if err := checkTableLayout(); err != nil {
		return nil, fmt.Errorf("runtime: %w", err)
	}
	rt := &Runtime{config: config, clock: config.Clock, catalogue: c, language: newLanguage(c)}
	if rt.clock == nil {
		rt.clock = clock.System
	}
	if err := rt.checkValues(); err != nil {
		return nil, fmt.Errorf("runtime: %w", err)
	}
	return rt, nil
}

// checkValues makes an interpreter once, and in it the modules' constants.
func (rt *Runtime) checkValues() error {
	r, err := rt.newRun(RunOptions{})
	if err != nil {
		return err
	}
	defer rt.release(r.in, nil)
	for _, m := range rt.catalogue.modules {
		for name, value := range m.Values {
			if _, err := r.toLua(value); err != nil {
				return fmt.Errorf("module %q: value %q: %w", m.Name, name, err)
			}
		}
	}
	return nil
}

// Modules are the declared modules by name, those of the same name merged. The
// caller must not change them.
func (rt *Runtime) Modules() []Module { return rt.catalogue.modules }

// Verbs are all verbs by name. The caller must not change them.
func (rt *Runtime) Verbs() []*Verb {
	verbs := make([]*Verb, len(rt.catalogue.names))
	for i, name := range rt.catalogue.names {
		verbs[i] = rt.catalogue.verbs[name].Verb
	}
	return verbs
}

// Verb is the verb of this name, nil if there is none.
func (rt *Runtime) Verb(name string) *Verb {
	if v := rt.catalogue.verbs[name]; v != nil {
		return v.Verb
	}
	return nil
}

// Object is the object type of this name, nil if there is none.
func (rt *Runtime) Object(name string) *ObjectType {
	if o := rt.catalogue.objects[name]; o != nil {
		return o.ObjectType
	}
	return nil
}

// Objects are all object types by name. The caller must not change them.
func (rt *Runtime) Objects() []*ObjectType {
	var names []string
	for name := range rt.catalogue.objects {
		names = append(names, name)
	}
	slices.Sort(names)
	objects := make([]*ObjectType, len(names))
	for i, name := range names {
		objects[i] = rt.catalogue.objects[name].ObjectType
	}
	return objects
}

// Methods are the verbs that objects of this type have as methods, by function
// name.
func (rt *Runtime) Methods(object string) []*Verb {
	o := rt.catalogue.objects[object]
	if o == nil {
		return nil
	}
	var verbs []*Verb
	for _, name := range rt.catalogue.names {
		if v := rt.catalogue.verbs[name]; v.Method == object {
			verbs = append(verbs, v.Verb)
		}
	}
	return verbs
}
