// Package lunanode simulates the category/action API (the Luna Node Dynamic API):
// signed POST calls to /api/{category}/{action}/, answered from an account that
// lives in memory. It is made for tests, for rehearsing scripts and for plans.
//
// # How a call travels
//
//	ServeHTTP          server.go     path and method, one answer per call
//	→ authenticate     auth.go       form fields, id, signature, nonce (spec section 3)
//	→ check            catalogue.go  known action, required parameters, their types
//	→ the action       vm_*.go, image.go, … one file per category
//	→ encode           answer.go     JSON as PHP writes it, every scalar a string
//
// # The account
//
// All resources stand in one account (account.go), guarded by one lock. There
// are no goroutines and no timers: a resource that is on its way from one state
// to the next knows when it arrives, and each request first lets the resources
// that it touches arrive (phase.go). Time is whatever Config.Clock says, so the
// minutes of a build pass as fast as the clock does.
//
// Ids and addresses are handed out in order and UUIDs come from a seeded source:
// the same calls in the same order give the same answers. State and Restore
// carry an account out of a server and into another one.
//
// # Sources
//
// The comments name sections of the project's specification of this API. What
// that specification calls unconfirmed is decided here in the plainest way and
// kept in the style of what is known: error texts are lower case and name the
// thing (`invalid volume`), actions whose answer nobody outside the vendor has
// seen answer plain success or the catalogue's guess.
package lunanode
