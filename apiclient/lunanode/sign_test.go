package lunanode

import (
	"crypto/hmac"
	"crypto/sha512"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// A vector is one call signed by a real client.
type vector struct {
	Case       string         `json:"case"`
	APIID      string         `json:"api_id"`
	APIKey     string         `json:"api_key"`
	Category   string         `json:"category"`
	Action     string         `json:"action"`
	Params     map[string]any `json:"params"`
	Nonce      string         `json:"nonce"`
	Req        string         `json:"req"`
	Signature  string         `json:"signature"`
	ProducedBy string         `json:"produced_by"`
}

func vectors(t testing.TB) []vector {
	t.Helper()
	data, err := os.ReadFile("testdata/hmac-vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []vector
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	if len(all) != 52 {
		t.Fatalf("%d vectors, want all 52", len(all))
	}
	return all
}

func TestSignMatchesRealClients(t *testing.T) {
	for _, v := range vectors(t) {
		if got := Sign(v.APIKey, handlerPath(v.Category, v.Action), v.Req, v.Nonce); got != v.Signature {
			t.Errorf("%s, %s: signature\n got %s\nwant %s", v.Case, v.ProducedBy, got, v.Signature)
		}
	}
}

// The worked example of spec section 3, so that a wrong vector file shows.
func TestSignWorkedExample(t *testing.T) {
	const (
		key = "67fd19ca21740e8face5e0cdfcbfdf5317acd180ee642805200a2b7d5253f5f04ba645a3c5db623f46d3978eff84f83daf840eb7b56a905c498906d8bc6cf242"
		req = `{"hostname":"web01","region":"toronto","api_id":"LNSIMTESTID00001","api_partialkey":"67fd19ca21740e8face5e0cdfcbfdf5317acd180ee642805200a2b7d5253f5f0"}`
	)
	const want = "66b9af9acf5cea9446830806f217d2187f535a8f76a60c2fd4f2d2b1014f246a6b4dd7dc886a2cf873b429b5cb2161d85086128ea931ed4e1dc9105846fbed64"
	if got := Sign(key, "vm/create/", req, "1700000000"); got != want {
		t.Errorf("signature\n got %s\nwant %s", got, want)
	}
}

func TestSignDependsOnEveryPart(t *testing.T) {
	base := Sign("k", "vm/list/", "{}", "1")
	for name, other := range map[string]string{
		"key":            Sign("K", "vm/list/", "{}", "1"),
		"trailing slash": Sign("k", "vm/list", "{}", "1"),
		"req":            Sign("k", "vm/list/", "{ }", "1"),
		"nonce":          Sign("k", "vm/list/", "{}", "2"),
	} {
		if other == base {
			t.Errorf("changing the %s does not change the signature", name)
		}
	}
}

// The two figures belong together: what Sign costs beyond the bare HMAC of the
// same message is the difference.
func BenchmarkSign(b *testing.B) {
	key := strings.Repeat("0123456789abcdef", 8)
	const handler, nonce = "vm/create/", "1700000000"
	req := `{"api_id":"LNSIMTESTID00001","api_partialkey":"` + key[:64] + `","hostname":"web01","image_id":"26","plan_id":"1","region":"toronto"}`

	b.Run("bare-hmac-sha512", func(b *testing.B) {
		message, raw := []byte(handler+"|"+req+"|"+nonce), []byte(key)
		b.ReportAllocs()
		for b.Loop() {
			mac := hmac.New(sha512.New, raw)
			mac.Write(message)
			mac.Sum(nil)
		}
	})
	b.Run("Sign", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			Sign(key, handler, req, nonce)
		}
	})
	b.Run("again-with-the-key", func(b *testing.B) {
		s := newSigner(key)
		b.ReportAllocs()
		for b.Loop() {
			s.sign(handler, req, nonce)
		}
	})
	b.Run("encode-and-Sign", func(b *testing.B) {
		params := map[string]string{"api_id": "LNSIMTESTID00001", "api_partialkey": key[:64], "hostname": "web01", "image_id": "26", "plan_id": "1", "region": "toronto"}
		b.ReportAllocs()
		for b.Loop() {
			text, err := encode(members(params))
			if err != nil {
				b.Fatal(err)
			}
			Sign(key, handler, text, nonce)
		}
	})
}
