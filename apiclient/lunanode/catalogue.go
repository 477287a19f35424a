package lunanode

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"github.com/cloudscript/cloudscript/apiclient"
)

// The catalogue is the project's own description of the API, one entry for each
// action.
//
//go:embed catalogue.json
var catalogueJSON []byte

// A Catalogue describes the known actions. It is immutable.
type Catalogue struct {
	actions    []*Action
	categories []string
	byName     map[string]*Action
}

// An Action is one action of the service.
type Action struct {
	Category string  `json:"category"`
	Name     string  `json:"action"` // the service's own name, "floatingip-add"
	Mutates  bool    `json:"mutates"`
	Params   []Param `json:"params"`
	Response []Field `json:"response"`
	Doc      string  `json:"doc"`
	Notes    string  `json:"notes"`

	// Confirmed says that the action and its parameters are known for certain,
	// ResponseConfirmed the same of its answer. Level says by what source.
	Confirmed         bool   `json:"confirmed"`
	ResponseConfirmed bool   `json:"response_confirmed"`
	Level             string `json:"level"`

	// Effect is derived; see effectOf for the rule.
	Effect apiclient.Effect `json:"-"`

	// OpenParams says that the action takes more parameters than are listed.
	OpenParams bool `json:"-"`

	tree *node // the documented shape of the answer
}

// LoadCatalogue returns the catalogue, which is read once in a process.
func LoadCatalogue() *Catalogue { return loadCatalogue() }

var loadCatalogue = sync.OnceValue(func() *Catalogue {
	c, err := parseCatalogue(catalogueJSON)
	if err != nil {
		panic(err) // the file is part of the program, and a test reads it
	}
	return c
})

func parseCatalogue(data []byte) (*Catalogue, error) {
	c := &Catalogue{byName: map[string]*Action{}}
	if err := json.Unmarshal(data, &c.actions); err != nil {
		return nil, fmt.Errorf("lunanode: catalogue: %w", err)
	}
	for _, a := range c.actions {
		if c.byName[a.String()] != nil {
			return nil, fmt.Errorf("lunanode: catalogue: %s is there twice", a)
		}
		if !slices.Contains(c.categories, a.Category) {
			c.categories = append(c.categories, a.Category)
		}
		a.Effect = effectOf(a)
		a.tree = tree(a.Response)
		a.OpenParams = a.String() == "monitor/check-add"
		for i := range a.Params {
			if !slices.Contains(paramTypes, a.Params[i].Type) {
				return nil, fmt.Errorf("lunanode: catalogue: %s: parameter %s has the unknown type %q", a, a.Params[i].Name, a.Params[i].Type)
			}
		}
		c.byName[a.String()] = a
	}
	return c, nil
}

// String is "category/action".
func (a *Action) String() string { return a.Category + "/" + a.Name }

// Actions are all actions in the order of the catalogue. They must not be
// changed.
func (c *Catalogue) Actions() []*Action { return slices.Clone(c.actions) }

// Categories are the names of the categories in the order of the catalogue.
func (c *Catalogue) Categories() []string { return slices.Clone(c.categories) }

// Action finds an action by the service's names.
func (c *Catalogue) Action(category, action string) (*Action, bool) {
	a, ok := c.byName[category+"/"+action]
	return a, ok
}

// lookAt says what shows whether a call of the category took effect.
func (c *Catalogue) lookAt(category string) string {
	for _, name := range []string{"list", "zone-list", "check-list", "domain-list"} {
		if _, ok := c.Action(category, name); ok {
			return "see what " + category + "/" + name + " shows"
		}
	}
	return "see in the control panel what became of it"
}
