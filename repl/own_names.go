package repl

import "strings"

// An extent is where in a source a name means a variable that the source makes: of
// local, of for, or a parameter. There it is not the product's, whatever it is called.
type extent struct{ from, to int } // byte offsets

// ownNames finds them in the tokens of a source, right or wrong, finished or not.
func ownNames(tokens []token) map[string][]extent {
	own := map[string][]extent{}
	add := func(names []token, from, to int) {
		for _, name := range names {
			own[name.text] = append(own[name.text], extent{name.at, name.end()}, extent{from, to})
		}
	}
	for i, t := range tokens {
		if t.kind != keywordToken {
			continue
		}
		switch t.text {
		case "local":
			names, behind := namesIn(tokens, i+1)
			if len(names) == 0 { // local function name
				names, _ = namesIn(tokens, behind+1)
			}
			if behind < len(tokens) && tokens[behind].is("=") { // the values may still mean the product's
				behind = lineEndFrom(tokens, behind)
			}
			add(names, offset(tokens, behind), restOfBlock(tokens, behind))
		case "for":
			names, behind := namesIn(tokens, i+1)
			body := loopBody(tokens, behind)
			add(names, offset(tokens, body), restOfBlock(tokens, body))
		case "function":
			for i < len(tokens) && !tokens[i].is("(") {
				i++
			}
			names, behind := namesIn(tokens, i+1)
			add(names, offset(tokens, i), restOfBlock(tokens, behind))
		}
	}
	return own
}

// namesIn are the names of a list that begins at i, and where what follows them stands.
func namesIn(tokens []token, i int) (names []token, behind int) {
	for ; i < len(tokens); i++ {
		switch t := tokens[i]; {
		case t.kind == nameToken:
			names = append(names, t)
		case t.kind == blankToken, t.kind == commentToken, t.is(","):
		default:
			return names, i
		}
	}
	return names, i
}

// lineEndFrom is where the line ends, or with a semicolon the statement, outside
// brackets and blocks that begin there.
func lineEndFrom(tokens []token, i int) int {
	depth := 0
	for ; i < len(tokens); i++ {
		t := tokens[i]
		if depth == 0 && (t.is(";") || t.kind == blankToken && strings.Contains(t.text, "\n")) {
			break
		}
		depth += nesting(t) + bracketing(t)
	}
	return i
}

// restOfBlock is the offset at which the block ends that goes on at i.
func restOfBlock(tokens []token, i int) int {
	for depth := 1; i < len(tokens); i++ {
		if depth += nesting(tokens[i]); depth == 0 {
			break
		}
	}
	return offset(tokens, i)
}

// loopBody is where the body of a loop begins whose head goes on at i.
func loopBody(tokens []token, i int) int {
	for depth := 0; i < len(tokens); i++ {
		if depth == 0 && tokens[i].kind == keywordToken && tokens[i].text == "do" {
			return i + 1
		}
		depth += nesting(tokens[i])
	}
	return i
}

// offset is where the i-th token stands, or the source ends.
func offset(tokens []token, i int) int {
	if i < len(tokens) {
		return tokens[i].at
	}
	if len(tokens) == 0 {
		return 0
	}
	return tokens[len(tokens)-1].end()
}

// isOwn reports whether a name is in one of the extents of its own.
func isOwn(own map[string][]extent, name token) bool {
	for _, e := range own[name.text] {
		if e.from <= name.at && name.at < e.to {
			return true
		}
	}
	return false
}
