package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"strings"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/apiclient/recording"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/spf13/pflag"
)

// recordOptions say where the exchanges of a run are kept, or come from.
type recordOptions struct {
	record string
	replay string
}

func (o *recordOptions) flags(flags *pflag.FlagSet) {
	flags.StringVar(&o.record, "record", "", "keep the exchanges with the clouds, and those of the script's own HTTP requests, in a new `FILE`, without secrets")
	flags.StringVar(&o.replay, "replay", "", "take all answers from a `FILE` that --record made; nothing is sent, and waits are skipped")
}

func (o *worldOptions) checkRecording() error {
	switch {
	case o.replay != "" && o.record != "":
		return &usageError{message: "--record and --replay exclude each other", hint: "a replay has nothing new to record"}
	case o.replay != "" && o.sim:
		return &usageError{message: "--sim and --replay exclude each other", hint: "a replay needs no simulator"}
	}
	return nil
}

// randomFrom are the random numbers of a run that can be repeated.
func randomFrom(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

// record keeps the exchanges with the clouds. A recording tells when the run began and
// which random numbers it saw, so that a replay asks for the same things.
func (w *world) record(s *streams, path string, c *clouds) error {
	var seed uint64
	if w.random == nil { // a rehearsal has its own
		seed = rand.Uint64()
		w.random = randomFrom(seed)
	}
	recorder, err := recording.Create(path, recording.Header{Start: c.clock.Now(), Seed: seed})
	if err != nil {
		e := &usageError{message: "--record: " + err.Error(), hint: "check the path"}
		if errors.Is(err, fs.ErrExist) {
			e.message = strings.TrimSuffix(e.message, ": "+fs.ErrExist.Error())
			e.hint = "remove it, or choose another name"
		}
		return e
	}
	c.sessions = rackspace.SessionOptions{} // a replay has to log in, so the recording must
	c.transport.Wrap = recorder.Around
	c.web = recorder.AroundWeb(http.DefaultTransport)
	w.atClose(func() { endRecording(recorder, s.err) })
	return nil
}

// endRecording says what a recording lacks.
func endRecording(recorder *recording.Recorder, out io.Writer) {
	if err := recorder.Close(); err != nil {
		fmt.Fprintln(out, "cloudscript: the recording is not complete:", err)
	}
}

// A replayed is a recording in place of the clouds, in virtual time that begins when the
// recorded run did.
type replayed struct {
	*recording.Replay
	clock runtime.Clock
}

func openReplay(path string) (*replayed, error) {
	replay, err := recording.Open(path)
	if err != nil {
		return nil, &usageError{message: "--replay: " + err.Error(), hint: "give a file that --record made"}
	}
	return &replayed{Replay: replay, clock: runtime.NewSerialClock(replay.Start)}, nil
}

// A recordedWeb gives scripts the reason why a request of their own has no answer.
type recordedWeb struct{ http.RoundTripper }

func (w recordedWeb) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := w.RoundTripper.RoundTrip(req)
	var e *apiclient.Error
	if errors.As(err, &e) {
		return nil, &runtime.Error{Kind: runtime.Kind(e.Kind), Message: e.Message, Hint: e.Hint, Cause: e}
	}
	return resp, err
}

// end says what a run did not ask for.
func (r *replayed) end(out io.Writer) {
	if n := r.Left(); n > 0 {
		fmt.Fprintf(out, "cloudscript: %d recorded exchanges were not asked for\n", n)
	}
}

const replayOrigin = "the recording of --replay"

// Rackspace are credentials that open a recording. Their address leads nowhere.
func (r *replayed) Rackspace() rackspace.CredentialSource {
	return rackspace.StaticCredentials{Username: "replay", APIKey: "replay", AuthURL: "http://replay.invalid/v1.0", Origin: replayOrigin}
}

// LunaNode is the same for the other cloud, whose keys have fixed lengths.
func (r *replayed) LunaNode() lunanode.CredentialSource {
	return lunanode.StaticCredentials{
		APIID: strings.Repeat("0", 16), APIKey: apiclient.Secret(strings.Repeat("0", 128)), URL: "http://replay.invalid/api", Origin: replayOrigin,
	}
}
