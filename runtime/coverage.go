package runtime

import "github.com/cloudscript/cloudscript/runtime/internal/vm"

// A Coverage counts how often the lines of scripts run, for Config.Coverage. The
// zero value is ready. Its Chunks may be asked for at any time.
type Coverage = vm.Coverage

// A CoveredChunk is how often the lines of one script or module ran.
type CoveredChunk = vm.CoveredChunk
