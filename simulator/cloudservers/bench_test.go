package cloudservers_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/simulator/cloudservers"
)

// large is an account with 100,000 servers at rest.
func large(b *testing.B) *account {
	state := &cloudservers.State{}
	for n := range 100_000 {
		state.Servers = append(state.Servers, cloudservers.ServerState{
			ID: n + 1, Name: fmt.Sprintf("web%d", n), ImageID: 112, FlavorID: 1, Metadata: map[string]string{"role": "web"}})
	}
	return open(b, cloudservers.Config{State: state, Limits: cloudservers.AbsoluteLimits{MaxTotalRAMSize: 1 << 40}})
}

// BenchmarkLarge is requests over loopback to an account with 100,000 servers,
// clients included: ns/op is the inverse of the rate that one machine holds.
func BenchmarkLarge(b *testing.B) {
	a := large(b)
	var next atomic.Int64
	for name, request := range map[string]func() (method, path, body string){
		"get": func() (string, string, string) {
			return "GET", fmt.Sprintf("/servers/%d", 1+next.Add(7919)%100_000), ""
		},
		"page-of-1000-detail": func() (string, string, string) {
			return "GET", fmt.Sprintf("/servers/detail?offset=%d", next.Add(1000)%100_000), ""
		},
		"page-of-10": func() (string, string, string) {
			return "GET", fmt.Sprintf("/servers?limit=10&offset=%d", next.Add(7919)%100_000), ""
		},
		"changes-since": func() (string, string, string) { return "GET", "/servers/detail?changes-since=1893456001", "" },
		"update": func() (string, string, string) {
			return "PUT", fmt.Sprintf("/servers/%d", 1+next.Add(7919)%100_000), `{"server":{"name":"renamed"}}`
		},
		"create": func() (string, string, string) {
			return "POST", "/servers", `{"server":{"name":"x","imageId":112,"flavorId":1,"metadata":{"a":"b"}}}`
		},
	} {
		b.Run(name, func(b *testing.B) {
			a.clock.Advance(time.Hour)
			client := &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}
			defer client.CloseIdleConnections()
			b.SetParallelism(8)
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					method, path, body := request()
					req, _ := http.NewRequest(method, a.URL+"/v1.0/700123"+path, strings.NewReader(body))
					req.Header.Set("X-Auth-Token", token)
					req.Header.Set("Content-Type", "application/json")
					resp, err := client.RoundTrip(req)
					if err != nil {
						b.Error(err)
						return
					}
					io.Copy(io.Discard, resp.Body)
					resp.Body.Close()
					if resp.StatusCode >= 400 {
						b.Errorf("%s %s answers %d", method, path, resp.StatusCode)
						return
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
		})
	}
}

// BenchmarkCreateAndDelete keeps 100,000 servers while it replaces them.
func BenchmarkCreateAndDelete(b *testing.B) {
	a := large(b)
	a.clock.Advance(time.Hour)
	b.ResetTimer()
	for n := range b.N {
		path := fmt.Sprintf("/servers/%d", n+1)
		if r := a.send(b, "DELETE", path, ""); r.status != 202 {
			b.Fatalf("delete answers %d %s", r.status, r.body)
		}
		if r := a.send(b, "POST", "/servers", `{"server":{"name":"x","imageId":112,"flavorId":1}}`); r.status != 202 {
			b.Fatalf("create answers %d %s", r.status, r.body)
		}
		a.clock.Advance(2 * time.Minute)
	}
}
