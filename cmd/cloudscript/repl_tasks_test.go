package main

import (
	"fmt"
	"regexp"
	"testing"
)

// durations are what differs from one session to the next, with the blanks that align
// what follows.
var durations = regexp.MustCompile(`(?:\d+ [mµ]s|\d+\.\d s)(  )? *`)

// TestTasksInTheBackground sits at a terminal while tasks go on.
func TestTasksInTheBackground(t *testing.T) {
	for _, columns := range []int{60, 200} {
		p, end := sitDown(t, uint16(columns), "repl")
		ready := func() { t.Helper(); p.expect("cloudscript> " + nothingTyped) }
		do := func(keys string) { t.Helper(); p.keys(keys + enter); ready() }
		ready()

		do(`t = task.spawn(function() time.sleep(0.3) print("from the task") error("went wrong", 0) end)`)
		p.keys("6 * ")
		p.expect("from the task")
		p.expect("went wrong")
		p.expect("6 * " + nothingTyped) // drawn again, below
		do("7")
		do("select(2, pcall(t.join, t))")
		do(`u = task.spawn(time.sleep, "1h")`)
		do(":tasks")
		do(":reset")
		p.keys(`print("joi" .. "ning") u:join()` + enter)
		p.expect("joining\r\n")
		p.keys(ctrlC) // ends the waiting and not the task
		p.expect("cancelled")
		ready()
		p.keys(ctrlD)
		p.expect("Ctrl-D once more")
		ready()
		p.keys("exit( 0 )" + enter)
		p.expect("exit( 0 ) once more")
		ready()
		p.keys("exit( 0 )" + enter)
		end()
		screen := durations.ReplaceAllString(screenOf(p.screen, columns), "N s$1")
		compareScreen(t, fmt.Sprintf("testdata/screens/%d-tasks.txt", columns), screen)
	}
}
