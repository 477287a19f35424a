package analysis

import (
	"cmp"
	"slices"

	"github.com/cloudscript/cloudscript/runtime"
)

// A Use says that a script names a verb, whether or not it ever calls it. For a
// method of a value whose type is not known, Name is ":method", with the effect
// of every verb that it may be.
type Use struct {
	Name   string
	Effect runtime.Effect
}

type uses map[Use]bool

func (w *walker) use(v *runtime.Verb) { w.uses[Use{v.Name, v.Effect}] = true }

func (w *walker) useMethod(name string) {
	for _, methods := range w.env.methods {
		if v := methods[name]; v != nil {
			w.uses[Use{":" + name, v.Effect}] = true
		}
	}
}

func (u uses) sorted() []Use {
	list := make([]Use, 0, len(u))
	for use := range u {
		list = append(list, use)
	}
	slices.SortFunc(list, func(a, b Use) int {
		return cmp.Or(cmp.Compare(a.Effect, b.Effect), cmp.Compare(a.Name, b.Name))
	})
	return list
}
