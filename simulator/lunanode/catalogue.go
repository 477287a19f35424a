package lunanode

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
)

// The catalogue is data of the API's specification: 117 actions with their
// parameters. It is this package's own copy on purpose: a mistake in the
// client's copy must not be met by the same one here.
//
//go:embed catalogue.json
var catalogueJSON []byte

type actionName struct{ category, action string }

func (n actionName) String() string { return n.category + "/" + n.action }

type parameter struct {
	Name     string `json:"name"`
	Required bool   `json:"required"`
	Type     string `json:"type"`
}

type actions map[actionName][]parameter

var catalogue = sync.OnceValue(func() actions {
	var rows []struct {
		Category, Action string
		Params           []parameter
	}
	if err := json.Unmarshal(catalogueJSON, &rows); err != nil {
		panic(fmt.Sprintf("lunanode: embedded catalogue: %v", err))
	}
	all := make(actions, len(rows))
	for _, row := range rows {
		all[actionName{row.Category, row.Action}] = row.Params
	}
	return all
})

// Operations are the names of all actions, in the form vm.create.
func Operations() []string {
	var names []string
	for name := range catalogue() {
		names = append(names, name.category+"."+name.action)
	}
	return names
}

// byDottedName finds an action by the form that key restrictions use: vm.list.
func (a actions) byDottedName(name string) (actionName, bool) {
	category, action, _ := strings.Cut(name, ".")
	_, ok := a[actionName{category, action}]
	return actionName{category, action}, ok
}

// check judges a call before the action sees it: the action exists, its required
// parameters are set, and no known parameter has an impossible value. The first
// fault in the order of the catalogue is reported (spec section 7); parameters
// that the catalogue does not know are ignored (spec section 4).
func (a actions) check(name actionName, ps params) error {
	known, ok := a[name]
	if !ok {
		for other := range a {
			if other.category == name.category {
				return faultf("invalid action %s in category %s", name.action, name.category)
			}
		}
		return faultf("invalid category %s", name.category)
	}
	for _, p := range known {
		if p.Required && !ps[p.Name].given() {
			return notSet(p.Name)
		}
	}
	for _, p := range known {
		if value, ok := ps[p.Name]; ok {
			if err := p.check(value); err != nil {
				return err
			}
		}
	}
	return nil
}
