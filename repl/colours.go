package repl

import (
	"strings"

	"github.com/cloudscript/cloudscript/internal/lazyregexp"
	"github.com/cloudscript/cloudscript/runtime"
)

// The ANSI attributes of what values are made of, beside those of code.
const (
	keyAttribute    = "34"
	headAttribute   = "1"
	goodAttribute   = "32"
	badAttribute    = "31"
	movingAttribute = "33" // on its way to another state
)

// states are words of the clouds that a person looks for in a list.
var states = map[string]string{
	"ACTIVE": goodAttribute, "online": goodAttribute, "active": goodAttribute, "available": goodAttribute,
	"ERROR": badAttribute, "FAILED": badAttribute, "SUSPENDED": badAttribute, "offline": badAttribute, "error": badAttribute, "failed": badAttribute,
	"BUILD": movingAttribute, "REBUILD": movingAttribute, "REBOOT": movingAttribute, "HARD_REBOOT": movingAttribute,
	"QUEUE_RESIZE": movingAttribute, "PREP_RESIZE": movingAttribute, "RESIZE": movingAttribute, "VERIFY_RESIZE": movingAttribute,
	"PASSWORD": movingAttribute, "RESCUE": movingAttribute, "SHARE_IP": movingAttribute, "SHARE_IP_NO_CONFIG": movingAttribute,
	"DELETE_IP": movingAttribute, "QUEUED": movingAttribute, "PREPARING": movingAttribute, "SAVING": movingAttribute,
	"queued": movingAttribute, "pending": movingAttribute, "creating": movingAttribute,
}

func inColour(attribute, text string) string {
	if attribute == "" || text == "" {
		return text
	}
	return "\x1b[" + attribute + "m" + text + noColour
}

// colourValue is the text of a value, as Session.Format gives it, with colours.
// Without them it is the same text.
func colourValue(v runtime.Value, text string) string {
	switch {
	case v.Kind() == runtime.FunctionValue, v.Kind() == runtime.ThreadValue, v.Kind() == runtime.UserdataValue:
		return text
	case v.Kind() != runtime.TableValue, strings.HasPrefix(text, "{"):
		return colourLiteral(text)
	case v.Type() != "":
		return colourRecord(text)
	}
	return colourTable(text)
}

// colourLiteral colours Lua literals.
func colourLiteral(text string) string {
	var b strings.Builder
	tokens := lex(text)
	for i, t := range tokens {
		attribute := attributes[kindNames[t.kind]]
		switch {
		case t.kind == nameToken && isKey(tokens[i+1:]):
			attribute = keyAttribute
		case t.kind == textToken && len(t.text) > 2 && states[t.text[1:len(t.text)-1]] != "":
			attribute = states[t.text[1:len(t.text)-1]]
		}
		b.WriteString(inColour(attribute, t.text))
	}
	return b.String()
}

// isKey reports whether a name stands before these tokens as the key of a table.
func isKey(behind []token) bool {
	for _, t := range behind {
		if t.kind != blankToken {
			return t.is("=")
		}
	}
	return false
}

var (
	field    = lazyregexp.New(`^(  )(\S+)( *)(.*)$`)
	stateKey = lazyregexp.New(`(?i)stat(us|e)$`)
)

// colourRecord colours an object: its kind, and a field a line.
func colourRecord(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		m := field.FindStringSubmatch(line)
		if i == 0 {
			lines[i] = inColour(headAttribute, line)
		}
		if m == nil {
			continue // a value below its field
		}
		if stateKey.MatchString(m[2]) {
			m[4] = inColour(states[m[4]], m[4])
		}
		lines[i] = m[1] + inColour(keyAttribute, m[2]) + m[3] + m[4]
	}
	return strings.Join(lines, "\n")
}

var (
	tableHead = lazyregexp.New(`^[^\p{Ll}]*$`)
	cell      = lazyregexp.New(`\S+(?: \S+)*`)
)

// colourTable colours a list of objects: its head, and the cells that are states.
func colourTable(text string) string {
	lines := strings.Split(text, "\n")
	if !tableHead.MatchString(lines[0]) {
		return text // a module, in words
	}
	lines[0] = inColour(headAttribute, lines[0])
	for i := range lines[1:] {
		lines[i+1] = cell.ReplaceAllStringFunc(lines[i+1], func(text string) string { return inColour(states[text], text) })
	}
	return strings.Join(lines, "\n")
}
