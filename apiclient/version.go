package apiclient

import (
	"runtime/debug"
	"sync"
)

const modulePath = "github.com/cloudscript/cloudscript"

// Version is this module's version as the Go tool recorded it in the program, without the
// "v"; "dev" when the program was built from a working tree.
func Version() string { return version() }

var version = sync.OnceValue(func() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "dev"
	}
	module := &info.Main
	if module.Path != modulePath {
		for _, dep := range info.Deps {
			if dep.Path == modulePath {
				module = dep
			}
		}
	}
	return versionOf(module)
})

func versionOf(module *debug.Module) string {
	if module.Path != modulePath || module.Version == "" || module.Version == "(devel)" {
		return "dev"
	}
	if module.Version[0] == 'v' {
		return module.Version[1:]
	}
	return module.Version
}
