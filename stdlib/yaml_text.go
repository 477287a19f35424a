package stdlib

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// text writes a text within a line: as it is where no reader takes it for anything else, in
// quotes elsewhere.
func (w *yamlWriter) text(text string) {
	if isPlain(text) {
		w.write(text)
		return
	}
	w.write(`"`)
	from := 0
	for i, r := range text {
		escape := ""
		switch {
		case r == '"' || r == '\\':
			escape = `\` + string(r)
		case r == '\n':
			escape = `\n`
		case r == '\t':
			escape = `\t`
		case r == '\r':
			escape = `\r`
		case isPrinted(r):
			if i-from >= yamlPiece {
				w.write(text[from:i])
				from = i
			}
			continue
		case r < 0x100:
			escape = fmt.Sprintf(`\x%02x`, r)
		case r < 0x10000:
			escape = fmt.Sprintf(`\u%04x`, r)
		default:
			escape = fmt.Sprintf(`\U%08x`, r)
		}
		w.write(text[from:i])
		w.write(escape)
		from = i + utf8.RuneLen(r)
	}
	w.write(text[from:])
	w.write(`"`)
}

// isPrinted reports whether a character shows as it is. Joiners are parts of letters and of
// pictures.
func isPrinted(r rune) bool { return unicode.IsPrint(r) || r == '\u200c' || r == '\u200d' }

// longestPlain bounds what is looked at to tell whether a text needs quotes, and how long a
// line without quotes is.
const longestPlain = 1000

// isPlain reports whether a text may stand without quotes as a key, an item or a value.
func isPlain(text string) bool {
	if text == "" || len(text) > longestPlain || strings.ContainsRune("-?:,[]{}#&*!|>'\"%@`=<.~+ ", rune(text[0])) {
		return false
	}
	if last := text[len(text)-1]; last == ' ' || last == ':' || strings.Contains(text, ": ") || strings.Contains(text, " #") || strings.Contains(text, "<<") {
		return false
	}
	for _, r := range text {
		if !isPrinted(r) {
			return false
		}
	}
	return !readsAsOther.MatchString(text)
}

// readsAsOther matches texts that some reader of YAML takes for a number, a date, a time, a
// boolean or null.
var readsAsOther = regexp.MustCompile(`^(?i:null|true|false|yes|no|on|off|y|n|` +
	`[0-9][0-9_]*(\.[0-9_]*)?(e[-+]?[0-9]*)?|` + // numbers
	`0[xob][0-9a-f_]*|` +
	`[0-9][0-9_]*(:[0-9]+)+(\.[0-9_]*)?|` + // numbers to the base 60, times
	`[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t \t].*)?)$`)

// isBlock reports whether a text is written as a block, line below line: it has more than
// one line, and neither blanks nor other signs that a block does not keep. Work is told how
// many bytes are looked at.
func isBlock(text string, work func(bytes int)) bool {
	inner := strings.TrimSuffix(text, "\n")
	if !strings.Contains(inner, "\n") || strings.HasSuffix(inner, "\n") {
		return false
	}
	begins := true // a line
	for i, line := 0, 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '\n':
			if begins && line == 0 || i > 0 && (text[i-1] == ' ' || text[i-1] == '\t') {
				return false
			}
			begins = true
			line++
		case r == '\t':
			if begins && line == 0 {
				return false
			}
			begins = false
		case !isPrinted(r), r == ' ' && begins && line == 0:
			return false
		default:
			begins = false
		}
		i += size
		work(size)
	}
	return !strings.HasSuffix(text, " ") && !strings.HasSuffix(text, "\t")
}

// block writes a text that isBlock in lines of their own.
func (w *yamlWriter) block(text, indent string) {
	if strings.HasSuffix(text, "\n") {
		w.write("|\n")
	} else {
		w.write("|-\n")
	}
	for line := range strings.Lines(text) {
		if line != "\n" {
			w.write(indent)
		}
		w.write(line)
	}
	if !strings.HasSuffix(text, "\n") {
		w.write("\n")
	}
}
