package lunanode

import (
	"strings"

	"github.com/cloudscript/cloudscript/apiclient"
)

// lookAt says what shows whether a call took effect: the list of what it makes, else the list of
// its kind of thing (record-list for record-add), else what the service tells of the one thing
// that it is about, else the category's list.
func (c *Catalogue) lookAt(category, action string, effect apiclient.Effect) string {
	var shows string
	switch m, ok := makingOf(category, action); {
	case ok:
		shows = m.list + "/" + m.listAction()
	case category == "lb" && effect == apiclient.EffectCreate:
		shows = "lb/info" // members have no list
	case strings.HasPrefix(action, "floatingip"):
		shows = "floating/list"
	default:
		shows = c.listOfKind(category, action)
		if shows == "" && effect != apiclient.EffectCreate {
			shows = c.detailsOf(category, action)
		}
		if shows == "" {
			shows = c.listOfCategory(category)
		}
	}
	if shows == "" {
		return "see in the control panel what became of it"
	}
	return "see what " + shows + " shows"
}

// listOfKind is the list that is named like the action but for its last words.
func (c *Catalogue) listOfKind(category, action string) string {
	for kind := action; ; {
		at := strings.LastIndexAny(kind, "-_")
		if at < 0 {
			return ""
		}
		kind = kind[:at]
		for _, name := range []string{kind + "-list", kind + "list"} {
			if a, ok := c.Action(category, name); ok {
				return a.String()
			}
		}
	}
}

// detailsOf is the action that tells of one thing, where the call names the same thing.
func (c *Catalogue) detailsOf(category, action string) string {
	of, known := c.Action(category, action)
	for _, name := range []string{"info", "details", "get"} {
		a, ok := c.Action(category, name)
		if !ok || !known {
			continue
		}
		for _, p := range a.Params {
			if _, given := of.Param(p.Name); p.Required && !given {
				ok = false
			}
		}
		if ok {
			return a.String()
		}
	}
	return ""
}

func (c *Catalogue) listOfCategory(category string) string {
	for _, name := range []string{"list", "zone-list", "check-list", "domain-list"} {
		if a, ok := c.Action(category, name); ok {
			return a.String()
		}
	}
	return ""
}
