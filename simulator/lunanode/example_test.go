package lunanode_test

import (
	"crypto/hmac"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"time"

	"github.com/cloudscript/cloudscript/simulator/lunanode"
)

// A clock that the example moves by hand.
type handClock struct{ now time.Time }

func (c *handClock) Now() time.Time { return c.now }

// call signs and sends one call, and returns the body of the answer.
func call(server *lunanode.Server, base string, clock *handClock, path string, params map[string]string) string {
	params["api_id"], params["api_partialkey"] = server.APIID(), server.APIKey()[:64]
	req, _ := json.Marshal(params)
	nonce := strconv.FormatInt(clock.Now().Unix(), 10)
	mac := hmac.New(sha512.New, []byte(server.APIKey()))
	fmt.Fprintf(mac, "%s/|%s|%s", path, req, nonce)
	response, err := http.PostForm(base+"/api/"+path+"/", url.Values{
		"req": {string(req)}, "nonce": {nonce}, "signature": {hex.EncodeToString(mac.Sum(nil))},
	})
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	return string(body)
}

// A machine needs a minute to come online, and the clock says when the minute is
// over.
func ExampleNew() {
	clock := &handClock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	server := lunanode.New(lunanode.Config{Clock: clock, Seed: 1})
	listener := httptest.NewServer(server)
	defer listener.Close()

	var created struct {
		VMID string `json:"vm_id"`
	}
	json.Unmarshal([]byte(call(server, listener.URL, clock, "vm/create", map[string]string{
		"hostname": "web01", "plan_id": "m.1", "image_id": "26",
	})), &created)

	for range 2 {
		var answer struct {
			Info struct {
				Status string `json:"status_nohtml"`
				IP     string
			}
		}
		json.Unmarshal([]byte(call(server, listener.URL, clock, "vm/info", map[string]string{"vm_id": created.VMID})), &answer)
		fmt.Printf("%s %q\n", answer.Info.Status, answer.Info.IP)
		clock.now = clock.now.Add(time.Minute)
	}
	// Output:
	// BUILD ""
	// Online "198.18.0.2"
}

// An account is seeded with as little as one wants to say about it.
func ExampleServer_Restore() {
	clock := &handClock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	server := lunanode.New(lunanode.Config{Clock: clock})
	listener := httptest.NewServer(server)
	defer listener.Close()

	var seed lunanode.State
	json.Unmarshal([]byte(`{
		"scripts": [{"name": "setup", "content": "#!/bin/sh\n"}],
		"zones":   [{"zone_id": 7, "name": "example.com.", "ttl": 3600}],
		"records": [{"zone_id": 7, "name": "www", "type": "A", "data": "192.0.2.1", "ttl": 300}]
	}`), &seed)
	if err := server.Restore(seed); err != nil {
		fmt.Println(err)
	}
	fmt.Println(call(server, listener.URL, clock, "script/list", map[string]string{}))
	fmt.Println(call(server, listener.URL, clock, "dns2/record-list", map[string]string{"zone_id": "7"}))

	seed.VMs = []lunanode.VM{{Hostname: "web01", Region: "toronto", Plan: "m.100"}}
	fmt.Println(server.Restore(seed))
	// Output:
	// {"success":"yes","scripts":[{"id":"1064","name":"setup","content":"#!\/bin\/sh\n"}]}
	// {"success":"yes","records":{"5200":{"id":"5200","name":"www","type":"A","data":"192.0.2.1","ttl":"300"}}}
	// lunanode simulator: state: vms[0]: unknown plan "m.100"; a plan is named by its id or its name
}

// A dump is a State too; this one is of an account with one network only.
func ExampleServer_State() {
	server := lunanode.New(lunanode.Config{Clock: &handClock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}})
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", "  ")
	encoder.Encode(server.State().Networks[0])
	// Output:
	// {
	//   "net_id": 1,
	//   "name": "Luna Node",
	//   "region": "toronto",
	//   "subnet": "172.20.0.0/16",
	//   "dns": "1.1.1.1,1.0.0.1",
	//   "next_ip": "172.20.0.2"
	// }
}

// Failures are arranged, not hoped for.
func ExampleServer_FailNextBuilds() {
	clock := &handClock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	server := lunanode.New(lunanode.Config{Clock: clock, Timing: lunanode.Timing{Build: -1}}) // builds take no time
	listener := httptest.NewServer(server)
	defer listener.Close()

	server.FailNextBuilds(1)
	for _, hostname := range []string{"first", "second"} {
		call(server, listener.URL, clock, "vm/create", map[string]string{"hostname": hostname, "plan_id": "1", "image_id": "26"})
	}
	for _, vm := range server.State().VMs {
		fmt.Println(vm.Hostname, vm.Status)
	}
	// Output:
	// first error
	// second active
}
