package lunanode

import (
	"strings"

	near "github.com/cloudscript/cloudscript/internal/nearest"
)

// Near says which known action a mistyped one may have meant, as "category/action",
// or "" if none is near. A known name is near to nothing.
func (c *Catalogue) Near(category, action string) string {
	if _, ok := c.Action(category, action); ok {
		return ""
	}
	// The wrong separator is the commonest mistake: only lb has underscores.
	for _, other := range []string{strings.ReplaceAll(action, "_", "-"), strings.ReplaceAll(action, "-", "_")} {
		if a, ok := c.Action(category, other); ok {
			return a.String()
		}
	}
	var names []string
	for _, a := range c.actions {
		names = append(names, a.String())
	}
	return nearest(category+"/"+action, names)
}

// nearest is the candidate that goes on where name ends ("image" and
// "image_id"), else the near miss.
func nearest(name string, candidates []string) string {
	for _, candidate := range candidates {
		if len(name) > 2 && strings.HasPrefix(candidate, name+"_") {
			return candidate
		}
	}
	return near.Name(name, candidates)
}
