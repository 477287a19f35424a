package stdlib

import (
	"log/slog"
	"os"

	"github.com/cloudscript/cloudscript/runtime"
)

// Config is what the host grants to the standard library.
type Config struct {
	// Log receives what scripts log, with the attributes run and call; nothing is kept
	// if nil. runtime.Config.OnLog receives it as events.
	Log *slog.Logger

	// Dirs are the directories that fs may use; none grants no file.
	Dirs []Dir

	// Env are the names of the variables that env.get may read.
	Env []string

	// LookupEnv reads them; os.LookupEnv if nil.
	LookupEnv func(name string) (value string, ok bool)

	// HTTP says which hosts http may talk to; the zero value grants none.
	HTTP HTTP
}

// Modules are the modules of the standard library, for runtime.Config.
func Modules(config Config) []runtime.Module {
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	if config.LookupEnv == nil {
		config.LookupEnv = os.LookupEnv
	}
	modules := []runtime.Module{
		globals(),
		base64Module(),
		csvModule(),
		envModule(config.Env, config.LookupEnv),
		fsModule(config.Dirs),
		hashModule(),
		hexModule(),
		httpModule(config.HTTP),
		jsonModule(),
		limitsModule(),
		listModule(),
		logModule(config.Log),
		parallelModule(),
		taskModule(),
		textModule(),
		timeModule(),
		tomlModule(),
		uuidModule(),
		yamlModule(),
	}
	for i := range modules {
		modules[i].Section = "Standard library"
	}
	return modules
}
