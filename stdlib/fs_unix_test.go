//go:build unix

package stdlib

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

// newDir is a directory with an empty one in it, "data", for inDir.
func newDir(t *testing.T) (dir, data string) {
	t.Helper()
	dir = t.TempDir()
	data = filepath.Join(dir, "data")
	if err := os.Mkdir(data, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir, data
}

// Whoever opens a pipe waits for somebody at its other end.
func TestPipesAreNoFiles(t *testing.T) {
	dir, data := newDir(t)
	if err := syscall.Mkfifo(filepath.Join(data, "pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, source := range []string{`fs.read("data/pipe")`, `fs.append("data/pipe", "x")`, `fs.list("data/pipe")`} {
		if text := inDir(t, dir, source); !strings.Contains(text, "data/pipe: it is neither a file nor a directory") {
			t.Errorf("%s: %s", source, text)
		}
	}
}

func TestAFileKeepsItsPermissions(t *testing.T) {
	dir, data := newDir(t)
	path := filepath.Join(data, "a")
	for _, mode := range []os.FileMode{0o600, 0o666, 0o755} {
		if err := os.WriteFile(path, nil, mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if text := inDir(t, dir, `fs.write("data/a", "new")`); text != "" {
			t.Fatal(text)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode || info.Size() != 3 {
			t.Errorf("%v: %v, %v", mode, info, err)
		}
	}
}

func TestTasksWriteOneFile(t *testing.T) {
	dir, _ := newDir(t)
	if text := inDir(t, dir, `
local all = {}
for i = 1, 30 do all[i] = i end
parallel.each(all, function(i) for _ = 1, 5 do fs.write("data/a", tostring(i % 10):rep(5000)) end end)
local text = fs.read("data/a")
assert(text == text:sub(1, 1):rep(5000), "a mixture")
assert(#fs.list("data") == 1, "a draft is left")`); text != "" {
		t.Error(text)
	}
}

// What a call reads counts before it is there.
func TestWhatIsReadCountsAsMemory(t *testing.T) {
	_, data := newDir(t)
	body := strings.Repeat("x", 3<<20)
	if err := os.WriteFile(filepath.Join(data, "big"), []byte(body), 0o644); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(body)) }))
	defer server.Close()
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: Modules(Config{Dirs: []Dir{{Path: data}},
		HTTP: HTTP{Hosts: []string{"127.0.0.1"}}})})
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range []string{`pcall(fs.read, "big")`, `pcall(http.get, params.url)`} {
		p, err := runtime.Compile("test.lua", []byte(source))
		if err != nil {
			t.Fatal(err)
		}
		for memory, limited := range map[int64]bool{2 << 20: true, 5 << 20: false} {
			_, err = rt.Run(context.Background(), p, runtime.RunOptions{Limits: runtime.Limits{Memory: memory}, Params: map[string]any{"url": server.URL}})
			if errors.Is(err, &runtime.Error{Kind: runtime.Limit}) != limited || !limited && err != nil {
				t.Errorf("%s with %d: %s", source, memory, rendered(err))
			}
		}
	}
}
