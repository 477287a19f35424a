package stdlib

import (
	"log/slog"

	"github.com/cloudscript/cloudscript/runtime"
)

// Config is what the host grants to the standard library.
type Config struct {
	// Log receives what scripts log; nothing is kept if nil.
	Log *slog.Logger
}

// Modules are the modules of the standard library, for runtime.Config.
func Modules(config Config) []runtime.Module {
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	return []runtime.Module{
		globals(),
		base64Module(),
		csvModule(),
		hashModule(),
		hexModule(),
		jsonModule(),
		limitsModule(),
		listModule(),
		logModule(config.Log),
		parallelModule(),
		taskModule(),
		textModule(),
		timeModule(),
		uuidModule(),
	}
}
