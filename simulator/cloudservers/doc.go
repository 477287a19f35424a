// Package cloudservers is the Cloud Servers API v1.0 as a service that runs in
// memory: every operation, in JSON and XML.
//
// It is written from the project's specification of the API (the section numbers
// in comments are that document's) and shares no code with the client, so that a
// mistake in one of them cannot hide one in the other. Where the published guide
// and recordings of the real service differ, it does what the recordings do.
//
// # Concepts
//
// A [Service] is one account's Cloud Servers: an http.Handler for the paths
// /v1.0/{account}/… below any host. It asks [Config].Authorize about every token.
//
// Time comes from [Clock] alone. Nothing runs in the background: a server that
// builds for 90 seconds is a [timeline] that every request reads at its own
// moment, so a clock that jumps shows the state that the jump leads to.
//
// A request passes: path and format (route.go, format.go), token, rate limits
// (ratelimit.go), body (body.go, body_json.go, body_xml.go), and then one handler
// from the table in operations.go, in the file of its resource. The handler
// returns an answer or a [fault]; both are written as JSON or XML by answer.go.
//
// [Config].State seeds the account and [Service.Dump] writes it back.
package cloudservers
