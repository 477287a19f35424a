package lunanode

import (
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// Many callers do and undo everything at once; what each made is gone in the end
// and nothing else is.
func TestHammer(t *testing.T) {
	c := newClient(t, Config{NoncePolicy: NonceNoReplay, Timing: Timing{Build: -1, Task: -1, Volume: -1}})
	before := c.server.State()
	var callers sync.WaitGroup
	for caller := range 8 {
		callers.Go(func() {
			name := "vm-" + decimal(caller)
			for round := range 10 {
				mark := decimal(round) // sets the call apart from the one before
				create := args{"hostname": name, "plan_id": "m.1", "image_id": "26", "round": mark}
				vm := c.id("vm/create", "vm_id", create)
				volume := c.id("volume/create", "volume_id", args{"region": "toronto", "label": name, "size": "1", "round": mark})
				c.plain("volume/attach", args{"volume_id": volume, "vm_id": vm, "target": "auto"})
				c.call("vm/list", args{"caller": name, "round": mark})
				c.server.State()
				c.plain("vm/delete", args{"vm_id": vm})
				c.plain("volume/delete", args{"volume_id": volume})
			}
		})
	}
	callers.Wait()
	after := c.server.State()
	for what, counts := range map[string][2]int{
		"vms":       {len(before.VMs), len(after.VMs)},
		"volumes":   {len(before.Volumes), len(after.Volumes)},
		"addresses": {len(before.FloatingIPs), len(after.FloatingIPs)},
	} {
		equals(t, what, counts[1], counts[0])
	}
	for _, n := range c.server.account.networks.all() {
		equals(t, "private addresses in use", len(n.pool.used), 0)
	}
}

func benchmarkClient(b *testing.B, machines int) *client {
	state := State{VMs: make([]VM, machines)}
	for i := range state.VMs {
		state.VMs[i] = VM{Hostname: "vm-" + decimal(i), Region: []string{"toronto", "montreal", "roubaix"}[i%3], Plan: "m.1"}
	}
	clock := &testClock{now: testStart}
	c := &client{t: b, server: New(Config{Clock: clock}), clock: clock}
	if err := c.server.Restore(state); err != nil {
		b.Fatal(err)
	}
	return c
}

// The handler alone: a signed call from the form to the answer's bytes.
func BenchmarkSignedCall(b *testing.B) {
	for _, machines := range []int{10, 100_000} {
		b.Run(decimal(machines)+" machines", func(b *testing.B) {
			c := benchmarkClient(b, machines)
			form := c.form("vm/info", args{"vm_id": c.server.State().VMs[machines/2].ID})
			b.ReportAllocs()
			for b.Loop() {
				w := httptest.NewRecorder()
				c.server.ServeHTTP(w, postRequest("vm/info", form))
				if w.Code != 200 {
					b.Fatal(w.Code)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
		})
	}
}

// The same over loopback, several callers at once.
func BenchmarkSignedCallOverLoopback(b *testing.B) {
	c := benchmarkClient(b, 1000)
	listener := httptest.NewServer(c.server)
	defer listener.Close()
	c.url = listener.URL + "/api"
	form := c.form("vm/info", args{"vm_id": c.server.State().VMs[500].ID}).Encode()
	client := listener.Client()
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := postOnce(client, c.url+"/vm/info/", form); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
}

func BenchmarkCreateAndDelete(b *testing.B) {
	c := benchmarkClient(b, 100_000)
	server := c.server
	create := params{"hostname": {text: "web"}, "plan_id": {text: "m.1"}, "image_id": {text: "26"}}
	for b.Loop() {
		answer, err := server.do(actionName{"vm", "create"}, create, false)
		if err != nil {
			b.Fatal(err)
		}
		id := answer.(object)[0].value.(string)
		if _, err := server.do(actionName{"vm", "delete"}, params{"vm_id": {text: id}}, false); err != nil {
			b.Fatal(err)
		}
		c.clock.advance(time.Second)
	}
}
