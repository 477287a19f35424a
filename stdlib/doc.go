// Package stdlib is what scripts can do without any cloud: JSON, time, tasks,
// log lines, text. Each module is declared in a file of its own, with the same
// declarations as the clouds' verbs, so that checking, help and completion are
// the same everywhere.
//
//	json      encode, decode, pretty, null
//	time      now, sleep, parse, format, monotonic, duration
//	parallel  map, each, race
//	task      spawn, join, cancel, checkpoint
//	limits    remaining
//	list      map, filter, find, pluck, group_by, sort_by, unique, keys
//	csv, toml, yaml
//	          decode, encode
//	base64, hex, hash, uuid
//	log       debug, info, warn, error
//	text      split, trim, lines, fill …
//	          show, retry, cleanup and exit are global functions
//
// What reaches outside the run has to be granted in Config; the verbs are there
// without it, and say so:
//
//	fs        read, write, append, list, exists, remove: in granted directories
//	env       get: granted variables
//	http      get, post, …: granted hosts
//
// Lua's own library (string, table, math, os.time …) belongs to the language and
// is not here.
package stdlib
