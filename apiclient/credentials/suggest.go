package credentials

import (
	"strings"

	"github.com/cloudscript/cloudscript/internal/nearest"
)

// suggest names the near miss, or everything that is allowed.
func suggest(got string, allowed []string, intro string) string {
	if near := nearest.Name(got, allowed); near != "" {
		return "did you mean " + near + "?"
	}
	return intro + " " + strings.Join(allowed, ", ")
}
