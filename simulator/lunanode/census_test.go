package lunanode

import (
	"os"
	"testing"

	"github.com/cloudscript/cloudscript/internal/census"
)

// counted are the calls that succeeded in the tests of this package.
var counted census.Census

func TestMain(m *testing.M) { os.Exit(counted.Main(m, "lunanode", "../../docs/coverage.md")) }
