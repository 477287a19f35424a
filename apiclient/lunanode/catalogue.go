package lunanode

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A Catalogue describes the known actions. It is immutable.
type Catalogue struct {
	actions    []*Action
	categories []string
	byName     map[string]*Action
}

// An Action is one action of the service.
type Action struct {
	Category string
	Name     string // the service's own name, "floatingip-add"
	Mutates  bool
	Params   []Param
	Response []Field
	Doc      string
	Notes    string

	// Confirmed says that the action and its parameters are known for certain,
	// ResponseConfirmed the same of its answer. Level says by what source.
	Confirmed         bool
	ResponseConfirmed bool
	Level             string

	// Effect is derived; see effectOf for the rule.
	Effect apiclient.Effect

	// OpenParams says that the action takes more parameters than are listed.
	OpenParams bool

	tree    func() *node      // the documented shape of the answer, worked out when first needed
	request apiclient.Request // a call of it before it is signed
}

// LoadCatalogue returns the catalogue. Its data is catalogue.json, the project's own
// description of the API, written as Go in catalogue_table.go because every process
// needs all of it at its start.
func LoadCatalogue() *Catalogue { return loadCatalogue() }

var loadCatalogue = sync.OnceValue(func() *Catalogue { return newCatalogue(actionTable()) })

func newCatalogue(actions []Action) *Catalogue {
	c := &Catalogue{byName: make(map[string]*Action, len(actions))}
	for i := range actions {
		a := &actions[i]
		if !slices.Contains(c.categories, a.Category) {
			c.categories = append(c.categories, a.Category)
		}
		a.Effect = effectOf(a)
		a.OpenParams = a.String() == "monitor/check-add"
		a.tree = sync.OnceValue(func() *node { return tree(a.Response) })
		c.actions = append(c.actions, a)
		c.byName[a.String()] = a
	}
	for _, a := range c.actions {
		a.request = c.requestOf(a.Category, a.Name, a.Effect)
	}
	return c
}

// requestOf is a call before it is signed.
func (c *Catalogue) requestOf(category, action string, effect apiclient.Effect) apiclient.Request {
	return apiclient.Request{
		Op:     category + "." + strings.ReplaceAll(action, "-", "_"),
		Effect: effect,
		LookAt: c.lookAt(category, action, effect),
		Method: http.MethodPost,
		Path:   "/" + handlerPath(category, action),
	}
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
