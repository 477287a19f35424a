package repl

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/cloudscript/cloudscript/internal/english"
	"github.com/cloudscript/cloudscript/runtime"
)

// taskEnded tells a person of the end of a background task that no entry awaits. It
// is called while entries are typed or evaluated.
func (p *Prompt) taskEnded(b runtime.BackgroundTask) {
	text := fmt.Sprintf("task %s of %s, after %s: ", b.ID, b.Spawned, seconds(b.Ended.Sub(b.Started)))
	switch {
	case b.Err != nil && b.Err.Kind == runtime.Cancelled && b.Err.Hint != "":
		text += "cancelled; " + b.Err.Hint + "\n" // what the cloud may have done
	case b.Awaited:
		return
	case b.Err == nil:
		text += "done\n"
	case b.Err.Kind == runtime.Cancelled:
		text += "cancelled\n"
	default:
		text += "failed\n" + p.rendered(b.Err)
	}
	p.tell(text)
}

func (p *Prompt) listTasks(context.Context, string) error {
	tasks := p.session.BackgroundTasks()
	if len(tasks) == 0 {
		return p.show("no tasks: task.spawn starts one that goes on while you type\n")
	}
	var rows [][]string
	for _, b := range tasks {
		end := b.Ended
		if end.IsZero() {
			end = p.watch.now()
		}
		rows = append(rows, []string{b.ID, p.taskState(b), seconds(end.Sub(b.Started)), b.Spawned.String()})
	}
	return p.show(aligned(rows))
}

// taskState is what a task does, or how it has ended.
func (p *Prompt) taskState(b runtime.BackgroundTask) string {
	switch {
	case b.Err != nil && b.Err.Kind == runtime.Cancelled:
		return "cancelled"
	case b.Err != nil:
		return "failed: " + string(b.Err.Kind)
	case !b.Ended.IsZero():
		return "done"
	}
	if verb := p.watch.underWay(b.Made); verb != "" {
		return "in " + verb
	}
	return "going"
}

// aligned are rows in columns.
func aligned(rows [][]string) string {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		line := ""
		for i, cell := range row {
			line += fmt.Sprintf("%-*s  ", widths[i], cell)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// mayLeave reports whether nothing goes on in the background that leaving, or what
// else ends the session, would cancel. A person who asks for the same again insists.
func (p *Prompt) mayLeave(how string) bool {
	insisted := p.asked == how
	p.asked = how
	going := 0
	for _, b := range p.session.BackgroundTasks() {
		if b.Ended.IsZero() {
			going++
		}
	}
	if going == 0 || insisted {
		return true
	}
	what := english.Count(going, "task") + " are"
	if going == 1 {
		what = "1 task is"
	}
	p.tell(fmt.Sprintf("%s still going and would be cancelled; :tasks lists them, %s once more cancels them\n", what, how))
	return false
}

// mayLeaveBy is mayLeave outside an entry.
func (p *Prompt) mayLeaveBy(key string) (may bool) {
	p.session.Do(func() { may = p.mayLeave(key) })
	return may
}

// underWay is the verb of the latest call under way among those that made picks, ""
// if there is none.
func (w *watcher) underWay(made func(path string) bool) string {
	var latest activeCall
	for path, c := range w.active {
		if c.number > latest.number && made(path) {
			latest = c
		}
	}
	return latest.verb
}
