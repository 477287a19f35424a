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
	"time"

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
		for _, prompt := range []string{"test>", "work>", "....>"} {
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
	p := &Prompt{Open: open(t, &b), Lines: typist, Out: &b, Err: &b}
	p.Profiles = func() []string { return []string{"uk", "work"} }
	p.YAML = func(v any) ([]byte, error) { return fmt.Appendf(nil, "yaml of %v\n", v), nil }
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

func (l *typist) Recall([]string) {}

// open is a place with a small cloud, where time stands still.
func open(t *testing.T, stdout io.Writer) func(profile string) (*Place, error) {
	return func(profile string) (*Place, error) {
		name := "test"
		if profile != "" {
			name = profile
		}
		return &Place{Name: name, Runtime: newRuntime(t), Options: runtime.RunOptions{Stdout: stdout}}, nil
	}
}

// sentinel is a secret that must not be seen.
const sentinel = "c0ffee5ecret"

// begunKey is the key of a function in the context of an evaluation; the verb
// servers.reboot calls it when it is under way.
type begunKey struct{}

// newRuntime has a small cloud of its own.
func newRuntime(t *testing.T) *runtime.Runtime {
	t.Helper()
	rt, err := runtime.New(runtime.Config{Policy: runtime.Policy{Allow: []runtime.Rule{{Verbs: "*"}}}, Clock: runtime.NewSerialClock(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)), Modules: []runtime.Module{{
		Name: "servers",
		Objects: []runtime.ObjectType{{
			Name: "server", Key: "id", Columns: []string{"id", "name", "status"},
			Fields: []runtime.Field{{Name: "id", Type: runtime.ID}, {Name: "name", Type: runtime.String}, {Name: "status", Type: runtime.String},
				{Name: "adminPass", Type: runtime.String, Secret: true}},
		}},
		Verbs: []runtime.Verb{
			{Name: "servers.list", Effect: runtime.Read, Doc: "Lists servers.", Returns: "list of server",
				Func: func(context.Context, *runtime.Call) (any, error) {
					return runtime.Rows{Type: "server", Raw: [][]byte{
						[]byte(`{"id":1001,"name":"web1","status":"ACTIVE"}`),
						[]byte(`{"id":1002,"name":"数据库","status":"BUILD"}`),
					}}, nil
				}},
			{Name: "servers.get", Effect: runtime.Read, Doc: "One server.", Returns: "server",
				Params: []runtime.Param{{Name: "id", Type: runtime.ID, Required: true}},
				Func: func(_ context.Context, c *runtime.Call) (any, error) {
					return nil, runtime.Errorf(runtime.NotFound, "there is no server %s", c.String("id"))
				}},
			{Name: "servers.find", Effect: runtime.Read, Doc: "The server of a name.", Returns: "server",
				Params: []runtime.Param{{Name: "name", Type: runtime.String, Required: true}},
				Func:   func(_ context.Context, c *runtime.Call) (any, error) { return nil, nil }},
			{Name: "servers.create", Effect: runtime.Create, Doc: "Creates a server.",
				Params: []runtime.Param{{Name: "name", Type: runtime.String, Required: true, Named: true}, {Name: "flavor", Type: runtime.ID, Required: true, Named: true},
					{Name: "size", Type: runtime.String, Named: true, Enum: []string{"small", "large"}}},
				Returns: "server",
				Example: `local s = servers.create{name = "web1", flavor = 1}`,
				Func: func(_ context.Context, c *runtime.Call) (any, error) {
					return runtime.JSON{Type: "server", Raw: fmt.Appendf(nil, `{"id":1003,"name":%q,"status":"BUILD","adminPass":"`+sentinel+`"}`, c.String("name"))}, nil
				}},
			{Name: "servers.reboot", Effect: runtime.Update, Doc: "Reboots a server.", Method: "server",
				Params: []runtime.Param{{Name: "server", Type: runtime.ID, Required: true}, {Name: "type", Type: runtime.String, Enum: []string{"SOFT", "HARD"}}},
				Func: func(ctx context.Context, c *runtime.Call) (any, error) {
					if begun, ok := ctx.Value(begunKey{}).(func()); ok {
						begun()
					}
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
