package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// deadline ends a process that hangs; it never ends one that works.
const deadline = 5 * time.Minute

// command is the program as a process of its own, with an environment that
// holds nothing of the person who runs the tests.
func command(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	return commandNamed(t, "cloudscript", args...)
}

// commandNamed is one of the programs that TestMain knows.
func commandNamed(t testing.TB, program string, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// The test binary behaves as the program when it is called by its name.
	name := filepath.Join(t.TempDir(), program)
	if err := os.Symlink(exe, name); err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	cmd := exec.Command(name, args...)
	cmd.Env = append(withoutOwn(os.Environ()), "HOME="+home, "XDG_CONFIG_HOME="+filepath.Join(home, "config"))
	return cmd
}

// A process is a running command whose standard output is read line by line.
type process struct {
	*exec.Cmd
	t      testing.TB
	lines  *bufio.Reader
	stderr strings.Builder
}

func start(t testing.TB, cmd *exec.Cmd) *process {
	t.Helper()
	p := &process{Cmd: cmd, t: t}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.lines = bufio.NewReader(out)
	cmd.Stderr = &p.stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stuck := time.AfterFunc(deadline, func() { _ = cmd.Process.Kill() })
	t.Cleanup(func() {
		stuck.Stop()
		_ = cmd.Process.Kill()
	})
	return p
}

// line waits for the next line of standard output.
func (p *process) line() string {
	p.t.Helper()
	line, err := p.lines.ReadString('\n')
	if err != nil {
		p.t.Fatalf("no more output: %v; standard error: %s", err, p.stderr.String())
	}
	return strings.TrimSuffix(line, "\n")
}

// end waits for the process and returns its exit code.
func (p *process) end() int {
	p.t.Helper()
	_, _ = p.lines.WriteTo(new(strings.Builder))
	_ = p.Wait()
	return p.ProcessState.ExitCode()
}
