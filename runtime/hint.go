package runtime

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/internal/nearest"
)

// absent are what C Lua has and scripts do not, or what people look for as that, with
// what there is instead.
var absent = map[string]string{
	"io":         filesInstead,
	"os.remove":  filesInstead,
	"os.rename":  filesInstead,
	"os.tmpname": filesInstead,
	"os.getenv":  "env.get reads variables of the environment that the host grants by name",
	"os.execute": programsInstead,
	"exec":       programsInstead,
	"debug":      "there is no debug library; an error has its stack without it",
	"package":    "there is no package library; require asks the host for modules",
	"getfenv":    "functions have no environments; load takes one",
	"setfenv":    "functions have no environments; load takes one",
	"newproxy":   "scripts make no userdata; a table can have a metatable as well",
	"socket":     "http.get asks hosts that the host program grants by name",
}

const (
	filesInstead    = "fs.read and fs.write reach files below directories that the host grants"
	programsInstead = "scripts start no programs; the host can declare a verb for what is needed"
)

// nilHint guesses what a script meant whose error is about a global or a field that is
// nil; source is the line of the error.
func (rt *Runtime) nilHint(message, source string) string {
	if name, ok := named(message, "(global '"); ok {
		if _, known := absent[name]; known {
			return rt.instead(name)
		}
		return rt.globalHint(name)
	}
	if name, ok := named(message, "(field '"); ok {
		return rt.libraryHint(name, source)
	}
	return ""
}

// instead tells what there is for something absent. A text that begins with a verb is
// for hosts that have it.
func (rt *Runtime) instead(name string) string {
	verb, _, _ := strings.Cut(absent[name], " ")
	if strings.Contains(verb, ".") && rt.catalogue.verbs[verb] == nil {
		return "this host has nothing of the kind for scripts; it can declare verbs for what is needed"
	}
	return absent[name]
}

// named is the name in a message that stands between what is given and a quote.
func named(message, before string) (name string, ok bool) {
	_, rest, ok := strings.Cut(message, before)
	if !ok {
		return "", false
	}
	name, _, ok = strings.Cut(rest, "'")
	return name, ok
}

// libraryHint guesses which function of Lua's library was meant. The message does not
// tell whose field it is, so the line must: string.fromat.
func (rt *Runtime) libraryHint(field, source string) string {
	members := map[string][]string{}
	for _, full := range rt.language.library.Functions() {
		if library, member, ok := strings.Cut(full, "."); ok {
			members[library] = append(members[library], member)
		}
	}
	for _, library := range slices.Sorted(maps.Keys(members)) {
		written := regexp.MustCompile(`(^|[^\w.:])` + library + `\.` + regexp.QuoteMeta(field) + `($|\W)`)
		if slices.Contains(members[library], field) || !written.MatchString(source) {
			continue
		}
		if _, known := absent[library+"."+field]; known {
			return rt.instead(library + "." + field)
		}
		if near := nearest.Name(field, members[library]); near != "" {
			return fmt.Sprintf("did you mean %s.%s?", library, near)
		}
	}
	return ""
}

// globalHint guesses which global or verb was meant by a name that is neither.
func (rt *Runtime) globalHint(name string) string {
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
