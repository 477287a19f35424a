package repl

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cloudscript/cloudscript/runtime"
)

// Every file in testdata/sessions is a session as a person sees it. The test
// types what stands behind the prompts and compares the whole screen. A line
// that ends in ^C is given up, one that is ^D ends the session. Run with
// UPDATE_SESSIONS=1 to write the files anew.
func TestSessions(t *testing.T) {
	files, err := filepath.Glob("testdata/sessions/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sessions: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			screen, _ := play(t, typedLines(string(want)))
			if os.Getenv("UPDATE_SESSIONS") != "" {
				if err := os.WriteFile(file, []byte(screen), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(want), screen); diff != "" {
				t.Errorf("the screen differs (- want, + got):\n%s", diff)
			}
		})
	}
}

// typedLines are the lines behind the prompts of a session.
func typedLines(session string) []string {
	var lines []string
	for _, line := range strings.Split(session, "\n") {
		for _, prompt := range []string{"test>", "....>"} {
			if rest, ok := strings.CutPrefix(line, prompt); ok {
				lines = append(lines, strings.TrimPrefix(rest, " "))
			}
		}
	}
	return lines
}

// play types lines at a prompt and returns the screen and what the prompt kept.
func play(t *testing.T, lines []string) (screen string, kept []string) {
	t.Helper()
	var b bytes.Buffer
	typist := &typist{lines: lines, screen: &b}
	rt := newRuntime(t)
	p := &Prompt{Session: session(t, &b), Lines: typist, Out: &b, Err: &b, Name: "test"}
	p.Help = func(name string) (string, bool) { return Describe(rt, name) }
	_ = p.Run(t.Context())
	return b.String(), typist.kept
}

// A typist is Lines that shows what a terminal would show.
type typist struct {
	lines  []string
	screen io.Writer
	kept   []string
}

func (l *typist) Line(prompt string) (string, error) {
	if len(l.lines) == 0 {
		return "", io.EOF
	}
	line := l.lines[0]
	l.lines = l.lines[1:]
	fmt.Fprintln(l.screen, strings.TrimRight(prompt+line, " "))
	if line == "^D" {
		return "", io.EOF
	}
	if text, ok := strings.CutSuffix(line, "^C"); ok {
		return text, ErrInterrupt
	}
	return line, nil
}

func (l *typist) Keep(entry string) { l.kept = append(l.kept, entry) }

func session(t *testing.T, stdout io.Writer) *runtime.Session {
	t.Helper()
	s, err := newRuntime(t).NewSession(runtime.RunOptions{Stdout: stdout})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// newRuntime has a small cloud of its own.
func newRuntime(t *testing.T) *runtime.Runtime {
	t.Helper()
	rt, err := runtime.New(runtime.Config{Modules: []runtime.Module{{
		Name: "servers",
		Objects: []runtime.ObjectType{{
			Name: "server", Key: "id", Columns: []string{"id", "name", "status"},
			Fields: []runtime.Field{{Name: "id", Type: runtime.ID}, {Name: "name", Type: runtime.String}, {Name: "status", Type: runtime.String}},
		}},
		Verbs: []runtime.Verb{
			{Name: "servers.list", Effect: runtime.Read, Doc: "Lists servers.", Returns: "list of server",
				Func: func(context.Context, *runtime.Call) (any, error) {
					return runtime.Rows{Type: "server", Raw: [][]byte{
						[]byte(`{"id":1001,"name":"web1","status":"ACTIVE"}`),
						[]byte(`{"id":1002,"name":"数据库","status":"BUILD"}`),
					}}, nil
				}},
			{Name: "servers.create", Effect: runtime.Create, Doc: "Creates a server.",
				Params: []runtime.Param{{Name: "name", Type: runtime.String, Required: true, Named: true}, {Name: "flavor", Type: runtime.ID, Required: true, Named: true}},
				Func: func(_ context.Context, c *runtime.Call) (any, error) {
					return runtime.JSON{Type: "server", Raw: fmt.Appendf(nil, `{"id":1003,"name":%q,"status":"BUILD"}`, c.String("name"))}, nil
				}},
			{Name: "servers.reboot", Effect: runtime.Update, Doc: "Reboots a server.", Method: "server",
				Params: []runtime.Param{{Name: "server", Type: runtime.ID, Required: true}},
				Func: func(ctx context.Context, c *runtime.Call) (any, error) {
					<-ctx.Done() // until Ctrl-C
					return nil, context.Cause(ctx)
				}},
		},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	return rt
}
