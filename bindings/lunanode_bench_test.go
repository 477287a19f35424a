package bindings

import (
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

// What the verbs of the category/action API add to the start of every process,
// without reading the catalogue (lunanode.BenchmarkParseCatalogue).
func BenchmarkDeclareLunaNode(b *testing.B) {
	b.Run("modules", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			LunaNode(accepting{})
		}
	})
	b.Run("runtime", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := runtime.New(runtime.Config{Modules: LunaNode(accepting{})}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
