package vm

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// differencePrelude shows the results of a snippet in one line.
const differencePrelude = `local function show(ok, ...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = tostring((select(i, ...))) end
  print((ok and "" or "error: ") .. table.concat(out, ", "))
end
show(pcall(function()
%s
end))`

// TestDifferences keeps differences.md true: it shows what snippets give here and
// gave in C Lua. Without lua5.1 the results here are compared only.
func TestDifferences(t *testing.T) {
	var doc strings.Builder
	doc.WriteString("# Where the VM differs from Lua 5.1\n\nMade by `VM_UPDATE=1 go test -run Differences` from testdata/differences.txt.\n")
	recorded := ""
	if os.Getenv("VM_UPDATE") == "" {
		recorded = readFile(t, "differences.md")
	}
	_, err := exec.LookPath("lua5.1")
	compare := err == nil
	table := false
	for _, line := range strings.Split(strings.TrimSpace(readFile(t, "testdata/differences.txt")), "\n") {
		snippet, ok := strings.CutPrefix(line, "\t")
		if !ok {
			fmt.Fprintf(&doc, "\n%s\n\n| snippet | lua5.1 | here |\n|---|---|---|\n", line)
			table = true
			continue
		}
		if !table {
			t.Fatalf("no text before %q", line)
		}
		src := fmt.Sprintf(differencePrelude, snippet)
		here, err := newMachine(t, Options{}).run("stdin", src, CallOptions{})
		if err != nil {
			here = "error: " + err.Error()
		}
		c := recordedResult(recorded, snippet)
		if compare {
			cmd := exec.Command("lua5.1", "-")
			cmd.Stdin = strings.NewReader(src)
			out, err := cmd.CombinedOutput()
			c = string(out)
			if err != nil {
				c, _, _ = strings.Cut("error: "+strings.TrimPrefix(c, "lua5.1: "), "\n")
			}
		}
		here, c = strings.TrimSpace(here), strings.TrimSpace(c)
		if here == c {
			t.Errorf("no difference any more: %s gives %s", snippet, here)
		}
		fmt.Fprintf(&doc, "| `%s` | `%s` | `%s` |\n", escape(snippet), escape(c), escape(here))
	}
	golden(t, "differences.md", doc.String())
}

func escape(s string) string { return strings.NewReplacer("|", "\\|", "\n", " ").Replace(s) }

// recordedResult is what C Lua gave for a snippet when it was recorded.
func recordedResult(doc, snippet string) string {
	_, rest, _ := strings.Cut(doc, "| `"+escape(snippet)+"` | `")
	result, _, _ := strings.Cut(rest, "` |")
	return strings.ReplaceAll(result, "\\|", "|")
}
