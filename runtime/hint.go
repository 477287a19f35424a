package runtime

import (
	"fmt"
	"strings"

	"github.com/cloudscript/cloudscript/internal/nearest"
)

// globalHint guesses what a script meant whose error is about a global that does
// not exist; the message names it as (global 'x').
func (rt *Runtime) globalHint(message string) string {
	_, rest, ok := strings.Cut(message, "(global '")
	if !ok {
		return ""
	}
	name, _, ok := strings.Cut(rest, "'")
	if !ok {
		return ""
	}
	var globals []string
	for _, g := range rt.language.globals {
		globals = append(globals, g.name)
	}
	for value := range rt.config.Values {
		globals = append(globals, value)
	}
	if near := nearest.Name(name, globals); near != "" && near != name {
		return fmt.Sprintf("did you mean %s?", near)
	}
	var verbs []string
	for _, full := range rt.catalogue.names {
		if v := rt.catalogue.verbs[full]; v.Module() != "" && strings.EqualFold(v.Function(), name) {
			verbs = append(verbs, full)
		}
	}
	if len(verbs) == 0 || len(verbs) > 3 {
		return ""
	}
	return fmt.Sprintf("did you mean %s?", strings.Join(verbs, " or "))
}
