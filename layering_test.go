package cloudscript_test

import (
	"bytes"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/cloudscript/cloudscript"

// layers are what each folder may import, of this module directly and of other
// modules through whatever way. The first line that fits a package counts.
// "std" stands for the standard library and golang.org/x.
var layers = []struct {
	packages string   // a pattern for path.Match below the module, "/…" for all below as well
	own      []string // packages of this module, the same patterns
	others   []string // other modules
}{
	{"internal/clock", nil, nil},
	{"apiclient/credentials", []string{"apiclient", "apiclient/rackspace", "apiclient/lunanode", "internal/…"}, []string{"github.com/BurntSushi/toml"}},
	{"apiclient/tokencache", []string{"apiclient", "apiclient/rackspace", "internal/…"}, nil},
	{"apiclient/…", []string{"apiclient", "internal/…"}, nil},
	{"runtime/…", []string{"runtime/…", "internal/…"}, []string{"github.com/yuin/gopher-lua", "layeh.com/gopher-luar", "github.com/rivo/uniseg"}},
	{"stdlib/…", []string{"runtime", "stdlib/…", "internal/…"}, []string{"github.com/BurntSushi/toml", "github.com/goccy/go-yaml"}},
	{"bindings/…", []string{"runtime", "bindings/…", "apiclient/…", "internal/…"}, nil},
	{"simulator/…", []string{"simulator/…"}, nil},
	{"journal/…", []string{"runtime", "journal/…", "internal/…"}, nil},
	{"repl/…", []string{"runtime", "repl/…", "internal/…"}, []string{"github.com/chzyer/readline", "github.com/rivo/uniseg"}},
}

// TestLayersImportDownwards reads the imports that the Go tool knows of.
func TestLayersImportDownwards(t *testing.T) {
	for _, line := range list(t, "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...") {
		name, imports := below(strings.Fields(line)[0]), strings.Fields(line)[1:]
		for _, layer := range layers {
			if !fits(name, layer.packages) {
				continue
			}
			for _, imported := range imports {
				if !allowed(imported, layer.own, layer.others) {
					t.Errorf("%s imports %s, which its layer may not", name, imported)
				}
			}
			break
		}
	}
}

// TestEmbeddersGetNoMore: a Go program that runs scripts against the clouds links
// neither the prompt nor the command line nor the simulator.
func TestEmbeddersGetNoMore(t *testing.T) {
	unwanted := []string{
		module + "/repl", module + "/cmd", module + "/simulator", module + "/journal",
		"github.com/spf13", "github.com/chzyer", "google.golang.org", "go.temporal.io", "testing",
	}
	for _, name := range list(t, "-deps", "./runtime", "./bindings", "./stdlib") {
		for _, prefix := range unwanted {
			if name == prefix || strings.HasPrefix(name, prefix+"/") {
				t.Errorf("an embedder links %s", name)
			}
		}
	}
}

// TestLayerPatterns keeps the helpers below honest.
func TestLayerPatterns(t *testing.T) {
	for name, want := range map[string]bool{
		"runtime": true, "runtime/internal/vm": true, "runtimes": false, "x/runtime": false,
	} {
		if fits(name, "runtime/…") != want {
			t.Errorf("fits(%q) is not %t", name, want)
		}
	}
	own, others := []string{"apiclient"}, []string{"github.com/BurntSushi/toml"}
	for imported, want := range map[string]bool{
		"net/http": true, "golang.org/x/term": true, "github.com/BurntSushi/toml": true,
		module + "/apiclient": true, module + "/apiclient/rackspace": false, module + "/simulator": false,
		"github.com/yuin/gopher-lua": false, "github.com/BurntSushi/toml2": false,
	} {
		if allowed(imported, own, others) != want {
			t.Errorf("allowed(%q) is not %t", imported, want)
		}
	}
}

func allowed(imported string, own, others []string) bool {
	if imported == module || strings.HasPrefix(imported, module+"/") {
		return slices.ContainsFunc(own, func(pattern string) bool { return fits(below(imported), pattern) })
	}
	host, _, _ := strings.Cut(imported, "/")
	if !strings.Contains(host, ".") || strings.HasPrefix(imported, "golang.org/x/") {
		return true
	}
	return slices.ContainsFunc(others, func(other string) bool { return imported == other || strings.HasPrefix(imported, other+"/") })
}

// below is a package's path below the module.
func below(name string) string { return strings.TrimPrefix(strings.TrimPrefix(name, module), "/") }

func fits(name, pattern string) bool {
	if top, ok := strings.CutSuffix(pattern, "/…"); ok {
		return name == top || strings.HasPrefix(name, top+"/")
	}
	ok, err := path.Match(pattern, name)
	return ok && err == nil
}

// list runs go list and returns its lines.
func list(t *testing.T, args ...string) []string {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list"}, args...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}
