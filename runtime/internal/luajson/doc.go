// Package luajson carries JSON into Lua and back.
//
// A Codec belongs to one Lua state. It decodes JSON text into tables, encodes
// Lua values as JSON text, and makes rows: tables that stand for one JSON object
// of an answer and decode a field when a script reads it. A list of a thousand
// servers of which a script reads a few fields each costs a fraction of decoding all
// of it (BenchmarkThousandServers), and a row still behaves as the table that it would
// have been: as soon as it is written to, iterated, or asked for a nested table,
// it is filled (Materialize) in the order of its JSON text.
//
// The decoder is the package's own because no library decodes into Lua tables
// without an intermediate tree; it is checked against encoding/json by fuzzing.
package luajson
