package runtime_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/stdlib"
)

// machines are the verbs that the scripts of testdata/behaviour use beside the
// standard library.
func machines() runtime.Module {
	raw := map[string]string{
		"1": `{"id": "1", "name": "web1", "tags": {"env": "prod", "empty": []}, "ports": [80, 443], "big": 12345678901234567890, "none": null}`,
		"2": `{"id": 2, "name": "web2"}`,
	}
	id := runtime.Param{Name: "id", Type: runtime.ID, Required: true}
	return runtime.Module{
		Name:    "machines",
		Objects: []runtime.ObjectType{{Name: "machine", Key: "id", Fields: []runtime.Field{{Name: "id", Type: runtime.ID}, {Name: "name", Type: runtime.String}, {Name: "owner", Type: runtime.String}}}},
		Values:  map[string]any{"limits": map[string]any{"cpus": 8}, "version": "1.0"},
		Verbs: []runtime.Verb{
			{Name: "machines.get", Effect: runtime.Read, Params: []runtime.Param{id}, Returns: "machine",
				Func: func(_ context.Context, c *runtime.Call) (any, error) {
					text, ok := raw[c.String("id")]
					if !ok {
						return nil, runtime.Errorf(runtime.NotFound, "there is no machine %s", c.String("id"))
					}
					return runtime.JSON{Type: "machine", Raw: []byte(text)}, nil
				}},
			{Name: "machines.list", Effect: runtime.Read, Returns: "list of machine",
				Func: func(context.Context, *runtime.Call) (any, error) {
					return runtime.Rows{Type: "machine", Raw: [][]byte{[]byte(raw["1"]), []byte(raw["2"])}}, nil
				}},
			{Name: "machines.rename", Effect: runtime.Update, Method: "machine", Params: []runtime.Param{id, {Name: "name", Type: runtime.String, Required: true}},
				Func: func(_ context.Context, c *runtime.Call) (any, error) {
					return c.String("id") + "=" + c.String("name"), nil
				}},
			{Name: "machines.stop", Effect: runtime.Update, Method: "machine", Params: []runtime.Param{id, {Name: "after", Type: runtime.Duration, Default: "1m"}},
				Func: func(ctx context.Context, c *runtime.Call) (any, error) {
					return nil, c.Clock().Sleep(ctx, c.Duration("after"))
				}},
			{Name: "machines.forms", Func: func(context.Context, *runtime.Call) (any, error) {
				return runtime.Results{nil, true, 1, int8(-2), uint64(3), 1.5, float32(0.5), "s", []byte("b"), 90 * time.Second,
					time.Date(2030, 1, 1, 1, 0, 0, 0, time.FixedZone("", 3600)), []string{"a", "b"}, map[string]int{"z": 1, "a": 2},
					runtime.JSON{Raw: []byte(` [1, {"x": null}]`)}, runtime.Null, struct{ PublicIP string }{"192.0.2.1"}}, nil
			}},
		},
	}
}

// Each script asserts what it is about, or prints what is in its .out file; it
// runs in virtual time.
func TestBehaviour(t *testing.T) {
	paths, err := filepath.Glob("testdata/behaviour/*.lua")
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	rt, err := runtime.New(runtime.Config{
		Policy:  runtime.AllowAll(),
		Modules: append(stdlib.Modules(stdlib.Config{}), machines()),
		Clock:   runtime.NewVirtualClock(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)),
		Values:  map[string]any{"host": map[string]int{"answer": 42}},
		Require: func(name string) (string, []byte, error) {
			file := filepath.Join("testdata", "behaviour", "modules", name+".lua")
			source, err := os.ReadFile(file)
			if errors.Is(err, fs.ErrNotExist) {
				return "", nil, fs.ErrNotExist
			}
			return name + ".lua", source, err
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".lua"), func(t *testing.T) {
			source, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			program, err := runtime.Compile(filepath.Base(path), source)
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			_, err = rt.Run(context.Background(), program, runtime.RunOptions{ID: "run", Stdout: &out,
				Args: []string{"a", "b"}, Params: map[string]any{"region": "us", "sizes": []int{1, 2}}})
			var e *runtime.Error
			if errors.As(err, &e) {
				t.Error(e.Render(runtime.RenderOptions{Full: true}))
			}
			want, err := os.ReadFile(strings.TrimSuffix(path, ".lua") + ".out")
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				t.Fatal(err)
			}
			if out.String() != string(want) {
				t.Errorf("printed\n%s\nwant\n%s", out.String(), want)
			}
		})
	}
}
