package site

import (
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/internal/lazyregexp"
	"github.com/cloudscript/cloudscript/runtime"
)

// A phrase is a part of a text: a link, or plain text if URL is "".
type phrase struct{ Text, URL string }

type link = phrase

// links knows where each verb and each type of object stands.
type links struct {
	rt      *runtime.Runtime
	verbs   map[string]string // page by verb
	objects map[string]string // page by object type
	mention map[string][]string
}

func newLinks(rt *runtime.Runtime) *links {
	l := &links{rt: rt, verbs: map[string]string{}, objects: map[string]string{}, mention: map[string][]string{}}
	for _, m := range rt.Modules() {
		for i := range m.Verbs {
			l.verbs[m.Verbs[i].Name] = modulePage(m.Name)
		}
		for i := range m.Objects {
			l.objects[m.Objects[i].Name] = modulePage(m.Name)
		}
	}
	for _, v := range rt.Verbs() {
		for _, other := range l.mentioned(v) {
			l.mention[other] = append(l.mention[other], v.Name)
		}
	}
	return l
}

// url is an address as short as it can be from a page.
func url(from, page, anchor string) string {
	if from == page {
		return "#" + anchor
	}
	return page + "#" + anchor
}

func (l *links) verb(from, name string) link {
	return link{name, url(from, l.verbs[name], name)}
}

// verbName finds what may be a verb in a text. A verb outside modules has the
// name of a common word, and is not looked for.
var verbName = lazyregexp.New(`[A-Za-z_]\w*\.[A-Za-z_]\w*`)

// prose links the verbs that a text names, except the one that it is about.
func (l *links) prose(from, text, about string) []phrase {
	var out []phrase
	at := 0
	for _, m := range verbName.FindAllStringIndex(text, -1) {
		name := text[m[0]:m[1]]
		if l.verbs[name] == "" || name == about {
			continue
		}
		out = append(out, phrase{Text: text[at:m[0]]}, l.verb(from, name))
		at = m[1]
	}
	return append(out, phrase{Text: text[at:]})
}

// returns links the type of object in Verb.Returns.
func (l *links) returns(from, words string) []phrase {
	before, name := "", words
	if of, ok := strings.CutPrefix(words, "list of "); ok {
		before, name = "list of ", of
	}
	page := l.objects[name]
	if page == "" {
		if words == "" {
			return nil
		}
		return []phrase{{Text: words}}
	}
	return []phrase{{Text: before}, {name, url(from, page, "type."+name)}}
}

// mentioned are the other verbs that a declaration names.
func (l *links) mentioned(v *runtime.Verb) []string {
	text := v.Doc + "\n" + v.Example
	for _, p := range v.Params {
		text += "\n" + p.Doc
	}
	var names []string
	for _, name := range verbName.FindAllString(text, -1) {
		if l.verbs[name] != "" && name != v.Name {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// seeAlsoLimit keeps a verb that everybody names from listing everybody.
const seeAlsoLimit = 6

// seeAlso are the verbs that a verb names, and those of its module that name it.
func (l *links) seeAlso(from string, v *runtime.Verb) []link {
	names := l.mentioned(v)
	for _, other := range l.mention[v.Name] {
		if l.rt.Verb(other).Module() == v.Module() {
			names = append(names, other)
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	var out []link
	for _, name := range names[:min(len(names), seeAlsoLimit)] {
		out = append(out, l.verb(from, name))
	}
	return out
}
