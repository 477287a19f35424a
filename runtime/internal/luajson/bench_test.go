package luajson

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

// answer is a list of n servers as a cloud sends it.
func answer(n int) []byte {
	var b strings.Builder
	b.WriteString(`{"servers":[`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":%d,"name":"web-%d","imageId":112,"flavorId":2,"hostId":"c0ffee00c0ffee00c0ffee00c0ffee00",`+
			`"status":"ACTIVE","progress":100,"addresses":{"public":["198.51.100.%d"],"private":["10.180.4.%d"]},"metadata":{"team":"billing"}}`,
			40000+i, i, i%250, i%250)
	}
	b.WriteString(`]}`)
	return []byte(b.String())
}

type wireServer struct {
	ID        int    `json:"id"`
	Name      string `json:"name"`
	ImageID   int    `json:"imageId"`
	FlavorID  int    `json:"flavorId"`
	HostID    string `json:"hostId"`
	Status    string `json:"status"`
	Progress  int    `json:"progress"`
	Addresses struct{ Public, Private []string }
	Metadata  map[string]string `json:"metadata"`
}

// BenchmarkThousandServers hands the text of 1,000 servers to Lua, which reads
// three fields of each, beside decoding the same text into Go structs.
func BenchmarkThousandServers(b *testing.B) {
	text := answer(1000)
	b.Run("structs", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var list struct{ Servers []wireServer }
			if err := json.Unmarshal(text, &list); err != nil || len(list.Servers) != 1000 {
				b.Fatal(err)
			}
		}
	})
	script := `local n = 0 for _, s in ipairs(list) do if s.id > 0 and s.name ~= "" and s.status == "ACTIVE" then n = n + 1 end end assert(n == 1000)`
	run := func(b *testing.B, make func(c *Codec) lua.LValue) {
		L, c := newCodec(b)
		defineServer(L, c)
		fn, err := L.LoadString(script)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for b.Loop() {
			L.SetGlobal("list", make(c))
			L.Push(fn)
			L.Call(0, 0)
		}
	}
	b.Run("rows", func(b *testing.B) {
		run(b, func(c *Codec) lua.LValue {
			t, err := c.List("server", "servers", text)
			if err != nil {
				b.Fatal(err)
			}
			return t
		})
	})
	b.Run("tables", func(b *testing.B) {
		run(b, func(c *Codec) lua.LValue {
			v, err := c.Decode(text, DecodeOptions{})
			if err != nil {
				b.Fatal(err)
			}
			return v.(*lua.LTable).RawGetString("servers")
		})
	})
}
