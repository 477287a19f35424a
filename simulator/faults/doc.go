// Package faults makes requests to a simulated service go wrong on a schedule.
//
// A [Rule] says which requests (an operation, a method, a path), which of those
// (the nth, all after some, by chance), and what happens: a status, a delay, a
// connection that breaks before or after the service acted, a body that is cut,
// slow or malformed. An [Injector] holds rules and stands before the service.
//
// A rule has a text form, for the command line and for the simulator's admin
// path; [Parse] reads it and [Rule.String] writes it:
//
//	servers.create nth=2 lost-reply
//	GET /servers/detail probability=0.1 seed=7 status=503
//	vm.* after=5 times=3 delay=30s
//
// Words are separated by blanks or commas; _ may stand for -.
package faults
