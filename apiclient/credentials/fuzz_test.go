package credentials

import (
	"strings"
	"testing"
)

// Whatever stands around a key in the file, no error repeats it.
func FuzzDecode(f *testing.F) {
	f.Add("[default.rackspace]\nusername = \"mira\"\napi_key = \"", "\"\nregion = \"us\"\n")
	f.Add("[default.lunanode]\napi_id = \"LNID000000000001\"\napi_key = '", "'\nurll = 7\n")
	f.Add("[default.rackspace]\napi_key = ", "")
	f.Add("default.rackspace.api_key = [\"", "\"]")
	f.Add("[default.rackspace]\napi_key = \"\"\"\n", "\n")
	f.Add("[default.rackspace]\nregion = \"", "\"")
	f.Fuzz(func(t *testing.T, before, after string) {
		file, err := decode("credentials.toml", []byte(before+secret+after))
		if err != nil {
			if text := err.Error(); strings.Contains(text, secret) {
				t.Errorf("%q: %s", before+secret+after, text)
			}
			return
		}
		for _, name := range file.names() {
			if name == "" {
				t.Errorf("%q: a profile without a name", before+secret+after)
			}
		}
	})
}
