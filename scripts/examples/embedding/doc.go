// Command embedding is a small web service whose users upload rules, Lua scripts
// that act on a fleet of servers. It shows what a program needs to run other
// people's scripts: verbs of its own (fleet.go), a policy, limits, one log of what
// they did and said (service.go).
//
//	go run ./scripts/examples/embedding &
//	curl -X PUT --data-binary @rule.lua localhost:8080/rules/restart
//	curl -X POST 'localhost:8080/rules/restart/run?max_load=0.9'
//	curl localhost:8080/audit
package main
