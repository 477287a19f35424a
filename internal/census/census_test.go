package census

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const page = "| | operation | client | verb | simulator | a test | what it does |\n|---|---|\n" +
	"| S1 | `GET /servers` | `Servers.List` | `servers.list` | `servers.list`: `listServers` | `bindings.TestParts` | The account's servers |\n" +
	"| 1 | `vm/create` | `Call` | `vm.create` | `vm.create`: `vmCreate` | `lunanode.TestOther` | Creates a machine |\n"

func TestParts(t *testing.T) {
	file := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	var c Census
	if err := c.check("bindings", file); err == nil || !strings.Contains(err.Error(), "page.md names TestParts for servers.list, which does not succeed in it") {
		t.Errorf("%v", err)
	}
	t.Run("part", func(t *testing.T) { c.Succeeded(t, "servers.list") })
	c.Succeeded(t, "servers.list")
	if err := c.check("bindings", file); err != nil {
		t.Error(err)
	}
	counts := filepath.Join(t.TempDir(), "counts")
	if err := c.write("bindings", counts); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(counts); err != nil || string(text) != `{"servers.list":["bindings.TestParts"]}` {
		t.Errorf("%s, %v", text, err)
	}
	if err := c.check("bindings", file+"x"); err == nil {
		t.Error("no page, no error")
	}
}
