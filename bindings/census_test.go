package bindings

import (
	"cmp"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/internal/census"
	"github.com/cloudscript/cloudscript/simulator"
)

// counted are the requests that succeeded in the tests of this package.
var counted census.Census

func TestMain(m *testing.M) { os.Exit(counted.Main(m, "bindings", coveragePage)) }

// startSimulator starts a simulator whose requests of Cloud Servers are counted; the
// status of the other API's answers says nothing.
func startSimulator(t *testing.T, config simulator.Config) *simulator.Simulator {
	t.Helper()
	sim := simulator.StartT(t, config)
	t.Cleanup(func() {
		for _, c := range sim.Calls() {
			if c.Acted && c.Status >= 200 && c.Status < 300 && !strings.HasPrefix(c.Path, "/api/") {
				counted.Succeeded(t, c.Operation)
			}
		}
	})
	return sim
}

// chooseTests runs the packages whose tests the page names, and returns for each operation
// the test that it names now if the operation succeeded in it, so that a new test does
// not make the page out of date. Else it is one of this package, which goes through verb
// and client, and of these the one in which the fewest other operations succeeded; one
// that goes through everything comes last.
func chooseTests(t *testing.T, named map[string]string) map[string]string {
	t.Helper()
	all, breadth := census.Tests{}, map[string]int{}
	for _, folder := range []string{".", "../simulator/lunanode"} {
		for operation, tests := range runCounted(t, folder) {
			for _, test := range tests {
				if test != "bindings.TestCoverage" {
					all[operation] = append(all[operation], test)
					breadth[test]++
				}
			}
		}
	}
	chosen := map[string]string{}
	for operation, tests := range all {
		rank := func(test string) int {
			switch {
			case test == named[operation]:
				return 0
			case breadth[test] > 30:
				return 3
			case strings.HasPrefix(test, "bindings."):
				return 1
			}
			return 2
		}
		chosen[operation] = slices.MinFunc(tests, func(a, b string) int {
			return cmp.Or(rank(a)-rank(b), breadth[a]-breadth[b], strings.Compare(a, b))
		})
	}
	return chosen
}

// runCounted runs the tests of a folder and returns what succeeded in them.
func runCounted(t *testing.T, folder string) census.Tests {
	t.Helper()
	file := filepath.Join(t.TempDir(), "census.json")
	cmd := exec.Command("go", "test", "-count=1", folder)
	cmd.Env = append(os.Environ(), census.FileVariable+"="+file)
	output, _ := cmd.CombinedOutput() // TestCoverage fails in it as long as the page is out of date
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	var tests census.Tests
	if err := json.Unmarshal(text, &tests); err != nil {
		t.Fatal(err)
	}
	return tests
}
