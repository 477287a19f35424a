package runtime

import (
	"fmt"
	"strings"

	"github.com/rivo/uniseg"
)

// RenderOptions say how much of an error is shown, and how.
type RenderOptions struct {
	Full  bool // the whole stack, the request's id, the cloud's own longer text
	Color bool // ANSI colours, for a terminal
}

// maxShownFrames is how many frames Render shows without Full: the innermost
// ones and the outermost one.
const maxShownFrames = 8

// Render is the error for people, in several lines that end with a line end:
// what went wrong and where, the source line with a caret where the column is
// known, the Lua stack, what to do about it. It never shows Go code.
func (e *Error) Render(o RenderOptions) string {
	w := renderer{color: o.Color}
	w.line("%s %s", w.paint(red, "error:"), w.paint(bold, e.text()))
	if p := e.Position; p.File != "" {
		w.line("%s %s", w.paint(dim, "-->"), p)
	}
	w.source(e)
	w.stack(e.Stack, o.Full)
	if o.Full {
		if e.Status != 0 {
			w.line("%s %d", w.paint(dim, "HTTP status:"), e.Status)
		}
		if e.RequestID != "" {
			w.line("%s %s", w.paint(dim, "request id:"), e.RequestID)
		}
		if e.Details != "" {
			w.line("%s %s", w.paint(dim, "details:"), strings.ReplaceAll(strings.TrimSpace(e.Details), "\n", "\n  "))
		}
	}
	if e.Hint != "" {
		w.line("%s %s", w.paint(green, "hint:"), e.Hint)
	}
	return w.String()
}

// ANSI attributes.
const (
	bold  = "1"
	dim   = "2"
	red   = "1;31"
	green = "1;32"
)

type renderer struct {
	strings.Builder
	color bool
}

func (w *renderer) line(format string, args ...any) {
	fmt.Fprintf(w, format, args...)
	w.WriteByte('\n')
}

func (w *renderer) paint(attribute, text string) string {
	if !w.color {
		return text
	}
	return "\x1b[" + attribute + "m" + text + "\x1b[0m"
}

// source shows the offending line, and a caret under the column if it is known.
func (w *renderer) source(e *Error) {
	if e.Source == "" || e.Position.Line == 0 {
		return
	}
	number := fmt.Sprintf("%5d", e.Position.Line)
	w.line("%s %s", w.paint(dim, number+" |"), e.Source)
	if c := e.Position.Column; c > 0 && c <= len(e.Source)+1 {
		w.line("%s %s%s", w.paint(dim, "      |"), padding(e.Source[:c-1]), w.paint(red, "^"))
	}
}

// padding is as wide as text on a terminal; tabs stay tabs.
func padding(text string) string {
	var b strings.Builder
	for i, part := range strings.Split(text, "\t") {
		if i > 0 {
			b.WriteByte('\t')
		}
		b.WriteString(strings.Repeat(" ", uniseg.StringWidth(part)))
	}
	return b.String()
}

// stack shows the frames, innermost first, if they say more than the position
// does.
func (w *renderer) stack(frames []Frame, full bool) {
	places, depth := 0, 0
	for _, f := range frames {
		if f.Position.Line > 0 || f.part {
			places++
		}
		depth += max(f.skipped, 1)
	}
	if places < 2 {
		return
	}
	w.line("%s", w.paint(dim, "stack:"))
	for i, f := range frames {
		if !full && len(frames) > maxShownFrames {
			if i == maxShownFrames-2 {
				w.line("  %s", w.paint(dim, fmt.Sprintf("... %d more", depth-maxShownFrames+1)))
			}
			if i >= maxShownFrames-2 && i < len(frames)-1 {
				continue
			}
		}
		switch p := f.Position.String(); {
		case p != "":
			w.line("  %s: in %s", p, f.Function)
		case strings.HasPrefix(f.Function, "("):
			w.line("  %s", f.Function)
		default:
			w.line("  in %s", f.Function)
		}
	}
}
