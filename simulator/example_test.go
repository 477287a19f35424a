package simulator_test

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
	"github.com/cloudscript/cloudscript/simulator"
)

// A program under test gets endpoints and credentials from the environment, as it
// would for the real clouds.
func ExampleSimulator_Env() {
	sim, err := simulator.Start(simulator.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer sim.Close()
	for _, line := range sim.Env() {
		name, _, _ := strings.Cut(line, "=")
		fmt.Println(name)
	}
	// Output:
	// CLOUDSCRIPT_AUTH_URL
	// CLOUDSCRIPT_USERNAME
	// CLOUDSCRIPT_API_KEY
	// CLOUDSCRIPT_LUNANODE_URL
	// CLOUDSCRIPT_LUNANODE_API_ID
	// CLOUDSCRIPT_LUNANODE_API_KEY
}

// The second log-in meets a fault; the log tells what arrived.
func ExampleSimulator_AddFaults() {
	sim, err := simulator.Start(simulator.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer sim.Close()
	if err := sim.AddFaults("auth nth=2 status=503"); err != nil {
		fmt.Println(err)
		return
	}
	for range 3 {
		req, _ := http.NewRequest("GET", sim.AuthURL(), nil)
		req.Header.Set("X-Auth-User", sim.Username())
		req.Header.Set("X-Auth-Key", sim.APIKey())
		if resp, err := http.DefaultClient.Do(req); err == nil {
			resp.Body.Close()
		}
	}
	for _, call := range sim.Calls() {
		fmt.Println(call.Operation, call.Status, call.Acted)
	}
	// Output:
	// auth 204 true
	// auth 503 false
	// auth 204 true
}

// Time is the clock's: here a token's day passes at once.
func ExampleConfig_clock() {
	v := clock.NewVirtual(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))
	sim, err := simulator.Start(simulator.Config{Clock: v, Account: simulator.Account{TokenLife: 24 * time.Hour}})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer sim.Close()
	req, _ := http.NewRequest("GET", sim.AuthURL(), nil)
	req.Header.Set("X-Auth-User", sim.Username())
	req.Header.Set("X-Auth-Key", sim.APIKey())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		fmt.Println(err)
		return
	}
	resp.Body.Close()
	token := resp.Header.Get("X-Auth-Token")
	fmt.Println(sim.Valid(token))
	v.Advance(24 * time.Hour)
	fmt.Println(sim.Valid(token))
	// Output:
	// true
	// false
}
