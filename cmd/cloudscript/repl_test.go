package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/rivo/uniseg"
)

// A typist sits at a real terminal on which the program runs.
type typist struct {
	t        *testing.T
	terminal *os.File
	output   chan string
	screen   string // everything since the start
	read     int    // what expect has seen of it
}

// sitDown starts the program at a terminal. What it returns besides waits for the end,
// with exit code 0.
func sitDown(t *testing.T, columns uint16, args ...string) (*typist, func()) {
	t.Helper()
	cmd := command(t, args...)
	cmd.Env = append(cmd.Env, "TERM=xterm", "NO_COLOR=1")
	return sitDownAt(t, cmd.Env, columns, args...)
}

func sitDownAt(t *testing.T, env []string, columns uint16, args ...string) (*typist, func()) {
	t.Helper()
	cmd := command(t, args...)
	cmd.Env = env
	terminal, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 40, Cols: columns})
	if err != nil {
		t.Skipf("no pseudo-terminals here: %v", err)
	}
	p := &typist{t: t, terminal: terminal, output: make(chan string)}
	go func() {
		defer close(p.output)
		buf := make([]byte, 4096)
		for {
			n, err := terminal.Read(buf)
			if n > 0 {
				p.output <- string(buf[:n])
			}
			if err != nil {
				return // the program has gone
			}
		}
	}()
	stuck := time.AfterFunc(deadline, func() { _ = cmd.Process.Kill() })
	t.Cleanup(func() {
		stuck.Stop()
		_ = cmd.Process.Kill()
		terminal.Close()
		for range p.output {
		}
	})
	return p, func() {
		t.Helper()
		for text := range p.output {
			p.screen += text
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("it ends with %v", err)
		}
	}
}

func (p *typist) keys(text string) {
	p.t.Helper()
	if _, err := p.terminal.WriteString(text); err != nil {
		p.t.Fatal(err)
	}
}

// expect waits until the screen shows text behind what was expected before.
func (p *typist) expect(text string) {
	p.t.Helper()
	for {
		if i := strings.Index(p.screen[p.read:], text); i >= 0 {
			p.read += i + len(text)
			return
		}
		more, ok := <-p.output
		if !ok {
			p.t.Fatalf("the program has gone, and never showed %q after:\n%q", text, p.screen)
		}
		p.screen += more
	}
}

// enter types an entry and waits for texts, one after the other, and for the
// next prompt: what is typed before that would meet a terminal that edits lines
// itself.
func (p *typist) enter(entry string, texts ...string) {
	p.t.Helper()
	p.keys(entry + enter)
	for _, text := range texts {
		p.expect(text)
	}
	p.expect(atPrompt)
}

// Keys, as terminals send them.
const (
	ctrlC     = "\x03"
	ctrlD     = "\x04"
	enter     = "\r"
	up        = "\x1b[A"
	down      = "\x1b[B"
	left      = "\x1b[D"
	wordLeft  = "\x1b[1;5D"
	home      = "\x1b[1~"
	end       = "\x1b[4~"
	deleteKey = "\x1b[3~"
	backspace = "\x7f"
	tab       = "\t"
)

func TestPromptOnATerminal(t *testing.T) {
	p, end := sitDown(t, 80, "repl", "--sim")
	p.expect("Ctrl-D leaves.")
	p.expect(atPrompt)

	p.enter("6 * 7", "\n42\r\n")
	p.enter("_ + 1", "\n43\r\n")

	p.keys("function twice(n)" + enter)
	p.expect("...> ")
	p.keys("return 2 * n" + enter + "end" + enter)
	p.expect(atPrompt)
	p.enter("twice(21)", "\n42\r\n")

	p.keys("this is given up" + ctrlC)
	p.expect("^C")
	p.expect(atPrompt)
	p.enter(up, "twice(21)", "\n42\r\n") // the last entry, not the line given up

	p.keys(ctrlC)
	p.expect("Ctrl-C once more leaves")
	p.expect(atPrompt)
	p.keys(ctrlD)
	end()
}

func TestInterruptAtATerminalEndsTheCall(t *testing.T) {
	p, end := sitDown(t, 80, "repl", "--sim")
	p.expect(atPrompt)
	p.keys(`print("sta" .. "rted") while true do end` + enter)
	p.expect("started\r\n")
	p.keys(ctrlC)
	p.expect("error: ")
	p.expect(atPrompt)
	p.enter("1 + 1", "\n2\r\n")
	p.keys(ctrlD)
	end()
}

func TestPromptCompletesAndHelps(t *testing.T) {
	p, end := sitDown(t, 100, "repl", "--sim")
	p.expect(atPrompt)
	p.keys("text.spl" + tab)
	p.expect("text.split(")
	p.enter(`"a,b", ",")`, "\n"+`{"a", "b"}`+"\r\n")
	p.enter("vm.reboot?", "vm.reboot(vm_id)", "Restarts the machine.", "effect: update")
	p.enter("vm.rebot", "did you mean vm.reboot?")
	p.keys("if true then" + enter)
	p.expect("...> ")
	p.keys(tab + `print("in" .. "dented") end` + enter) // TAB indents, it does not complete
	p.expect("\nindented\r\n")
	p.expect(atPrompt)
	p.keys(ctrlD)
	end()
}

// A list of servers is a table that fits the terminal, whatever its width and
// the script of its names.
func TestTablesFitTheTerminal(t *testing.T) {
	for _, columns := range []uint16{60, 200} {
		p, end := sitDown(t, columns, "repl", "--sim")
		p.expect(atPrompt)
		p.enter(`for _, name in ipairs({"web1", "数据库", "e\204\129tat"}) do servers.create{name = name, image = 104, flavor = 1} end`, "\r\n")
		p.keys("servers.list()" + enter)
		p.expect("\nID ")
		from := p.read - len("ID ")
		p.expect(atPrompt)
		table, _, _ := strings.Cut(p.screen[from:], "\r\n\x1b")
		status := -1
		for i, line := range strings.Split(table, "\r\n") {
			if width := uniseg.StringWidth(line); width > int(columns) {
				t.Errorf("%d columns: line %q takes %d", columns, line, width)
			}
			word := "BUILD"
			if i == 0 {
				word = "STATUS"
			}
			before, _, found := strings.Cut(line, word)
			if at := uniseg.StringWidth(before); !found || status >= 0 && at != status {
				t.Errorf("%d columns: %q is not aligned:\n%s", columns, line, table)
			} else {
				status = at
			}
		}
		p.keys(ctrlD)
		end()
	}
}

func TestHistoryIsKeptBetweenPrompts(t *testing.T) {
	env := append(command(t).Env, "TERM=xterm", "NO_COLOR=1")
	p, end := sitDownAt(t, env, 80, "repl", "--sim")
	p.expect(atPrompt)
	p.enter("x = 40 + 2", "\r\n")
	p.enter(`api_key = "`+sentinel+`"`, "\r\n")
	p.keys(ctrlD)
	end()

	p, end = sitDownAt(t, env, 80, "repl", "--sim")
	p.expect(atPrompt)
	p.enter(up, "x = 40 + 2", "\r\n")
	p.enter("x", "\n42\r\n")
	p.keys(ctrlD)
	end()

	for _, v := range env {
		dir, ok := strings.CutPrefix(v, "XDG_CONFIG_HOME=")
		if !ok {
			continue
		}
		file := filepath.Join(dir, "cloudscript", "history")
		data, err := os.ReadFile(file)
		if err != nil {
			t.Skipf("the configuration directory is elsewhere on this system: %v", err)
		}
		if strings.Contains(string(data), sentinel) {
			t.Error("the history holds a key")
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the history's mode is %v (%v)", info.Mode(), err)
		}
	}
}
