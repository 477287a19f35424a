// Package recording keeps the exchanges of the clouds' clients in a file and serves them
// again without a network.
//
//   - Create makes a file, and Recorder.Around the http.RoundTripper that writes each
//     exchange into it. It goes into apiclient.TransportOptions.Wrap of both clients.
//   - Open reads such a file into a Replay, which is an http.RoundTripper itself.
//   - Recorder.AroundWeb and Replay.Web are the same for what scripts ask other hosts.
//
// # The file
//
// One JSON document on each line: first a Header, then the exchanges in the order of
// their ends. Secrets are taken out before anything is written: keys, tokens, signatures
// and passwords, those that travel in headers and those in bodies, and the contents of
// files that a server was made with. Headers of requests are not kept at all. What
// remains is what the account holds, so the file is readable by its owner alone.
//
// # What is served
//
// A request gets the answer of the first exchange with the same call that was not served
// yet, so calls that were made one after the other are answered in their order, and tasks
// that ran side by side may come in another one. What differs between two runs of one
// script is no part of a call: the host of a cloud, tokens and signatures, the parameters
// fresh and changes-since. A request that has no answer left fails with apiclient.KindNotRecorded;
// the error says which and is not repeated.
//
// A connection that broke is recorded as one and breaks again.
package recording
