package bindings

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/stdlib"
)

// What a script costs beside the least that a Go program can write by hand. Each pair
// shares a server that answers from memory; only the ratio of the two says something.

// script returns a function that runs Lua once and gives its first result.
func script(b *testing.B, modules []runtime.Module, source string) func() any {
	b.Helper()
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: slices.Concat(stdlib.Modules(stdlib.Config{}), modules)})
	if err != nil {
		b.Fatal(err)
	}
	program, err := runtime.Compile("bench.lua", []byte(source))
	if err != nil {
		b.Fatal(err)
	}
	return func() any {
		result, err := rt.Run(b.Context(), program, runtime.RunOptions{})
		if err != nil {
			b.Fatal(err)
		}
		return result.Values[0]
	}
}

const (
	listed   = 10_000
	pageSize = 1_000
)

// pages is the account of the list: ten pages of servers as the service writes them.
func pages(b *testing.B) *httptest.Server {
	b.Helper()
	bodies := make([][]byte, listed/pageSize+1)
	for page := range bodies {
		var rows []string
		for i := page * pageSize; i < (page+1)*pageSize && i < listed; i++ {
			rows = append(rows, fmt.Sprintf(`{"id":%d,"name":"web-%05d","imageId":112,"flavorId":%d,"hostId":"e4d909c290d0fb1ca068ffaddf22cbd0",`+
				`"status":"ACTIVE","progress":100,"addresses":{"public":["198.51.100.%d"],"private":["10.176.42.%d"]},"metadata":{"team":"billing","index":"%d"}}`,
				40000+i, i, 1+i%8, i%250, i%250, i))
		}
		bodies[page] = []byte(`{"servers":[` + strings.Join(rows, ",") + `]}`)
	}
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Auth-Key") != "" {
			w.Header().Set("X-Auth-Token", "0b8f3d0a-6f0e-4f43-9d0f-0c0a5b1f7e21")
			w.Header().Set("X-Server-Management-Url", server.URL+"/v1.0/7")
			return
		}
		offset, _ := strconv.Atoi(r.URL.Query().Get("offset"))
		body := bodies[min(offset/pageSize, len(bodies)-1)]
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body)
	}))
	b.Cleanup(server.Close)
	return server
}

// listByHand reads all pages into structs and looks at three fields of each server.
func listByHand(client *http.Client, base string) (int, error) {
	type row struct {
		ID        int                 `json:"id"`
		Name      string              `json:"name"`
		ImageID   int                 `json:"imageId"`
		FlavorID  int                 `json:"flavorId"`
		HostID    string              `json:"hostId"`
		Status    string              `json:"status"`
		Progress  int                 `json:"progress"`
		Addresses map[string][]string `json:"addresses"`
		Metadata  map[string]string   `json:"metadata"`
	}
	sum := 0
	for offset := 0; ; offset += pageSize {
		req, err := http.NewRequest(http.MethodGet, fmt.Sprintf("%s/v1.0/7/servers/detail?limit=%d&offset=%d", base, pageSize, offset), nil)
		if err != nil {
			return 0, err
		}
		req.Header.Set("X-Auth-Token", "0b8f3d0a-6f0e-4f43-9d0f-0c0a5b1f7e21")
		resp, err := client.Do(req)
		if err != nil {
			return 0, err
		}
		var page struct {
			Servers []row `json:"servers"`
		}
		body, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err == nil {
			err = json.Unmarshal(body, &page)
		}
		if err != nil {
			return 0, err
		}
		for _, s := range page.Servers {
			sum += len(s.Name) + len(s.Status) + s.FlavorID
		}
		if len(page.Servers) < pageSize {
			return sum, nil
		}
	}
}

// One iteration lists 10,000 servers on ten pages and reads three fields of each.
func BenchmarkListTenThousand(b *testing.B) {
	server := pages(b)
	hand := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	want, err := listByHand(hand, server.URL)
	if err != nil {
		b.Fatal(err)
	}
	client := rackspace.New(rackspace.Config{Credentials: rackspace.StaticCredentials{Username: "mira", APIKey: "not used", AuthURL: server.URL}})
	b.Cleanup(client.Close)
	b.Run("by-hand", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if got, err := listByHand(hand, server.URL); err != nil || got != want {
				b.Fatal(got, err)
			}
		}
	})
	for name, source := range map[string]string{
		"list": `local sum = 0 for _, s in ipairs(servers.list()) do sum = sum + #s.name + #s.status + s.flavorId end return sum`,
		"each": `local sum = 0 servers.each(function(s) sum = sum + #s.name + #s.status + s.flavorId end) return sum`,
	} {
		b.Run("script-"+name, func(b *testing.B) {
			run := script(b, Rackspace(client), source)
			b.ReportAllocs()
			for b.Loop() {
				if got := fmt.Sprint(run()); got != fmt.Sprint(want) {
					b.Fatalf("got %s, want %d", got, want)
				}
			}
		})
	}
}

var signedKey = strings.Repeat("5ec7e7a1", 16)

// signedByHand makes one signed call and decodes the answer.
func signedByHand(client *http.Client, base string, i int) error {
	req := `{"api_id":"LNID000000000001","api_partialkey":"` + signedKey[:64] + `"}`
	nonce := strconv.FormatInt(time.Now().Unix(), 10)
	mac := hmac.New(sha512.New, []byte(signedKey))
	fmt.Fprintf(mac, "vm/list/|%s|%s", req, nonce)
	form := url.Values{"req": {req}, "signature": {hex.EncodeToString(mac.Sum(nil))}, "nonce": {nonce}}
	resp, err := client.Post(base+"/vm/list/", "application/x-www-form-urlencoded", bytes.NewBufferString(form.Encode()))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var answer struct {
		Success string `json:"success"`
		VMs     []struct {
			ID   string `json:"vm_id"`
			Name string `json:"name"`
			Plan string `json:"plan_id"`
		} `json:"vms"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return err
	}
	if answer.Success != "yes" || answer.VMs[0].Name != "web01" {
		return fmt.Errorf("call %d: %+v", i, answer)
	}
	return nil
}

// One iteration is 1,000 signed calls with 16 in flight, whose answers are read.
func BenchmarkThousandSignedCalls(b *testing.B) {
	answer := []byte(`{"success":"yes","vms":[{"vm_id":"5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11","name":"web01","plan_id":"86"}]}`)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = w.Write(answer)
	}))
	b.Cleanup(server.Close)
	b.Run("by-hand", func(b *testing.B) {
		client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
		b.ReportAllocs()
		for b.Loop() {
			work := make(chan int)
			var all sync.WaitGroup
			for range 16 {
				all.Go(func() {
					for i := range work {
						if err := signedByHand(client, server.URL, i); err != nil {
							b.Error(err)
						}
					}
				})
			}
			for i := range 1000 {
				work <- i
			}
			close(work)
			all.Wait()
		}
	})
	b.Run("script", func(b *testing.B) {
		client := lunanode.New(lunanode.Config{Credentials: lunanode.StaticCredentials{
			APIID: "LNID000000000001", APIKey: apiclient.Secret(signedKey), URL: server.URL}})
		b.Cleanup(client.Close)
		run := script(b, LunaNode(client), `
			local calls = {}
			for i = 1, 1000 do calls[i] = i end
			local names = parallel.map(calls, function() return vm.list()[1].name end, {limit = 16})
			local right = 0
			for _, name in ipairs(names) do if name == "web01" then right = right + 1 end end
			return right`)
		b.ReportAllocs()
		for b.Loop() {
			if got := fmt.Sprint(run()); got != "1000" {
				b.Fatalf("%s answers were right", got)
			}
		}
	})
}
