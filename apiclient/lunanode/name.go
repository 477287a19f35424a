package lunanode

import "fmt"

// isName reports whether s can be the name of a category or an action: small
// letters, digits, - and _, as all known names are, and at most 64 of them.
func isName(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := 'a' <= c && c <= 'z' || '0' <= c && c <= '9'
		if !letter && (i == 0 || c != '-' && c != '_') {
			return false
		}
	}
	return s != "" && len(s) <= 64
}

func nameProblem(what, text string) string {
	if text == "" {
		return fmt.Sprintf("the %s is empty", what)
	}
	return fmt.Sprintf("%s cannot be the name of an API %s: small letters, digits, - and _ are what a name is made of, such as vm or floatingip-add", quoted(text), what)
}

// quoted shows a value in a message, cut where it is long.
func quoted(s string) string {
	const most = 40
	if len(s) > most {
		return fmt.Sprintf("%.*q… (%d bytes)", most, s, len(s))
	}
	return fmt.Sprintf("%q", s)
}
