// Package simulator is both clouds as one HTTP server on loopback: the
// authentication service v1.0, Cloud Servers v1.0 and the category/action API,
// with time that a test or a rehearsal controls and with faults on order.
//
//	sim, err := simulator.Start(simulator.Config{})
//	defer sim.Close()
//	cmd.Env = append(os.Environ(), sim.Env()...)
//
// In a test, [StartT] does the same and closes the simulator with the test. A
// program that serves it itself, or calls it in memory, uses [New] and
// [Simulator.Handler].
//
// # Time
//
// Nothing happens in the background. Every request reads the state at the moment
// that [Config].Clock shows, so a virtual clock makes a build of 90 seconds end
// when the clock says so. [Scaled] is a clock that runs faster than the machine's.
//
// # What can go wrong
//
// Tokens, keys and users are controlled through the methods of [Simulator]; faults
// of single requests are rules of package faults. Both, and the call counts, can
// also be reached over HTTP from loopback: GET /_simulator/ lists how.
//
// # Seeds
//
// [Config].State is what the clouds hold at first, [DecodeState] reads it from
// JSON, and [Simulator.Dump] gives it back. testdata/seed.toml is one in TOML,
// which its reader turns into JSON.
//
// # Layout
//
// Packages auth, cloudservers and lunanode are the services, each written from
// its specification and none sharing code with the clients; package faults makes
// requests go wrong. A request passes: admin paths, call log, faults, service.
// testdata/libcloud_check.py drives it with a client that nobody here wrote.
package simulator
