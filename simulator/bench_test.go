package simulator_test

import (
	"io"
	"net/http"
	"testing"

	"github.com/cloudscript/cloudscript/simulator"
)

// BenchmarkGet is a request through the whole simulator over loopback, client
// included: token, call log and fault rules beside the service.
func BenchmarkGet(b *testing.B) {
	sim := simulator.StartT(b, simulator.Config{Faults: []string{"servers.create probability=0.1 status=503", "vm.* nth=1 reset"}})
	req, _ := http.NewRequest("GET", sim.AuthURL(), nil)
	req.Header.Set("X-Auth-User", sim.Username())
	req.Header.Set("X-Auth-Key", sim.APIKey())
	login, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		b.Fatal(err)
	}
	login.Body.Close()
	client := &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}
	defer client.CloseIdleConnections()
	b.SetParallelism(8)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			req, _ := http.NewRequest("GET", login.Header.Get("X-Server-Management-Url")+"/servers", nil)
			req.Header.Set("X-Auth-Token", login.Header.Get("X-Auth-Token"))
			resp, err := client.RoundTrip(req)
			if err != nil || resp.StatusCode != 200 {
				b.Error(resp, err)
				return
			}
			io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
}
