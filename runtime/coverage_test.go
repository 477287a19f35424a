package runtime_test

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/cloudscript/cloudscript/runtime"
)

// A Coverage in the configuration counts the lines of all runs, their tasks and
// their modules.
func ExampleCoverage() {
	coverage := &runtime.Coverage{}
	rt := newRuntime(runtime.Config{
		Coverage: coverage,
		Require: func(name string) (string, []byte, error) {
			return name + ".lua", []byte("return function(n)\n  if n > 2 then\n    return 'many'\n  end\nend"), nil
		},
	})
	program := must(runtime.Compile("main.lua", []byte("local size = require('size')\nparallel.each({1, 2}, size)")))
	for range 2 {
		must(rt.Run(context.Background(), program, runtime.RunOptions{}))
	}
	for _, chunk := range coverage.Chunks() {
		for _, line := range slices.Sorted(maps.Keys(chunk.Lines)) {
			fmt.Printf("%s:%d ran %d times\n", chunk.Name, line, chunk.Lines[line])
		}
	}
	// Output:
	// main.lua:1 ran 2 times
	// main.lua:2 ran 2 times
	// size.lua:1 ran 2 times
	// size.lua:2 ran 4 times
	// size.lua:3 ran 0 times
}
