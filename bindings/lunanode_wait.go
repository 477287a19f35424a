package bindings

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/runtime"
)

// gone is the state to wait for that is no state: the thing does not exist.
const gone = "gone"

// A poll watches one thing of the cloud. What a wait returns is the thing's own answer;
// lists tell many waits when it is time to ask for that.
type poll struct {
	category, action, id string // how to ask
	every                time.Duration

	board *board
	raw   func(lunanode.Answer) string // the state in the words of the list
	mayBe func(want, raw string) bool  // whether a thing can be in a state while lists show raw

	state  func(lunanode.Answer) string // the state in the API's words
	is     func(lunanode.Answer, string) bool
	failed func(state string) bool // no other state follows
	name   func(lunanode.Answer) string
}

// until asks until the thing is in the wanted state, and returns the last answer.
// The zero Answer means that it is gone.
func (p poll) until(ctx context.Context, c *runtime.Call, client ActionCaller, id, want string, timeout time.Duration) (lunanode.Answer, error) {
	clock := c.Clock()
	deadline := clock.Now().Add(timeout)
	shown := ""
	p.board.enter(id)
	defer p.board.leave(id)
	for {
		answer, err := client.Call(ctx, p.category, p.action, map[string]string{p.id: id})
		if err != nil {
			if strings.EqualFold(want, gone) && errors.Is(err, apiclient.KindNotFound) {
				return lunanode.Answer{}, nil
			}
			return lunanode.Answer{}, failure(err)
		}
		state := p.state(answer)
		switch {
		case p.is(answer, want):
			return answer, nil
		case p.failed(state) && !strings.EqualFold(want, gone):
			e := runtime.Errorf(runtime.Failed, "%s is in the state %s and will not become %s", id, state, want)
			e.Hint = "a thing in this state is deleted and made again"
			return lunanode.Answer{}, e
		}
		if line := strings.TrimSpace(p.name(answer) + " " + state); line != shown {
			c.Progress(ctx, runtime.Progress{Line: line})
			shown = line
		}
		if !clock.Now().Before(deadline) {
			e := runtime.Errorf(runtime.Timeout, "%s is not %s after %v: its state is %s", id, want, timeout, orUnknown(state))
			e.Hint = `a longer wait is asked for with timeout = "30m"`
			return lunanode.Answer{}, e
		}
		if err := p.pause(ctx, clock, client, id, want, p.raw(answer), deadline); err != nil {
			return lunanode.Answer{}, err
		}
	}
}

// pause waits until it is time to ask for the thing again: at the deadline, after the interval,
// or, where many poll together, once the list shows another state than the last answer did.
func (p poll) pause(ctx context.Context, clock runtime.Clock, client ActionCaller, id, want, raw string, deadline time.Time) error {
	asked := clock.Now()
	for {
		if err := clock.Sleep(ctx, min(p.every, deadline.Sub(clock.Now()))); err != nil {
			return err
		}
		now := clock.Now()
		if !now.Before(deadline) || now.Sub(asked) >= believed || p.mayBe(want, raw) {
			return nil
		}
		state, ok := p.board.shows(ctx, clock, client, id, asked, p.every/2)
		if !ok || !strings.EqualFold(state, raw) {
			return nil
		}
	}
}

func orUnknown(state string) string {
	if state == "" {
		return "not known"
	}
	return state
}

// waitParams are the parameters of every wait. Where the states are all known, another one is
// refused: nobody has to wait for what cannot come.
func waitParams(id, states, state string, known ...string) []runtime.Param {
	if known != nil {
		known = append(known, gone)
	}
	return []runtime.Param{
		{Name: id, Type: runtime.ID, Required: true, Doc: "what to wait for"},
		{Name: "state", Type: runtime.String, Default: state, Doc: "the state to wait for, without regard to case: " + states + ", or gone", Enum: known},
		{Name: "timeout", Type: runtime.Duration, Default: "10m", Doc: "how long to wait at most"},
	}
}

// verb completes the declaration of a verb that waits.
func (p poll) verb(client ActionCaller, v runtime.Verb) runtime.Verb {
	v.Effect = runtime.Read
	v.Errors = []runtime.Kind{runtime.Failed, runtime.Timeout, runtime.NotFound, runtime.Unauthorized}
	v.Func = func(ctx context.Context, c *runtime.Call) (any, error) { return waitFor(ctx, c, client, p) }
	return v
}

// statusPoll completes the poll of a thing whose state and name stand in the members
// status and name of an object, and the state in lists as well.
func statusPoll(object string, p poll) poll {
	status := stateAt(object, "status")
	p.raw, p.state, p.is, p.mayBe = status, status, stateIs(status), strings.EqualFold
	p.name = stateAt(object, "name")
	return p
}

// stateAt reads a state that stands in one member of an object.
func stateAt(object, member string) func(lunanode.Answer) string {
	return func(answer lunanode.Answer) string { return answer.Get(object).Get(member).Text() }
}

func vmWait(client ActionCaller) runtime.Verb {
	info := poll{
		category: "vm", action: "info", id: "vm_id",
		every: 5 * time.Second, // as the vendor's clients do (spec section 8)
		board: &board{category: "vm", rows: "vms", id: "vm_id", state: "os_status"},
		raw:   stateAt("info", "status_raw"),
		mayBe: vmMayBe,
		state: func(answer lunanode.Answer) string { return lunanode.VMState(answer.Get("info")) },
		is: func(answer lunanode.Answer, want string) bool {
			info := answer.Get("info")
			if strings.EqualFold(lunanode.VMState(info), want) {
				return true
			}
			// The raw state stays what it was while a task is under way.
			return info.Get("task_state").Text() == "" && strings.EqualFold(info.Get("status_raw").Text(), want)
		},
		failed: lunanode.VMFailed,
		name:   stateAt("info", "hostname"),
	}
	return info.verb(client, runtime.Verb{
		Name: "vm.wait", Method: "vm",
		Doc: "Waits until a machine is in a state, and returns what vm.info says then; nothing for gone. " +
			"It asks every five seconds (one list for all where many are waited for), and fails at once when the machine is in the state ERROR.",
		Params:  waitParams("vm_id", "Online, Offline", lunanode.VMOnline),
		Returns: "table",
		Example: `vm.wait("5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11", "Online")`,
	})
}

// vmMayBe reports whether a machine can be in a state while lists show raw. They do not show the
// task under way; of states whose raw form is not known they say nothing.
func vmMayBe(want, raw string) bool {
	switch strings.ToLower(want) {
	case "online":
		return raw == "active"
	case "offline":
		return raw == "shutoff" || raw == "stopped"
	case "active", "shutoff", "stopped", "build", "error":
		return strings.EqualFold(want, raw)
	case gone:
		return false
	}
	return true
}

func imageWait(client ActionCaller) runtime.Verb {
	details := statusPoll("details", poll{
		category: "image", action: "details", id: "image_id",
		every:  10 * time.Second,
		board:  &board{category: "image", rows: "images", id: "image_id", state: "status"},
		failed: lunanode.ImageFailed,
	})
	return details.verb(client, runtime.Verb{
		Name: "image.wait", Method: "vm_image",
		Doc: "Waits until an image is in a state, and returns what image.details says then; nothing for gone. " +
			"It asks every ten seconds (one list for all where many are waited for), and fails at once when the image is killed or in error.",
		Params:  waitParams("image_id", "active", "active"),
		Returns: "table",
		Example: `image.wait(26)`,
	})
}

func volumeWait(client ActionCaller) runtime.Verb {
	info := statusPoll("volume", poll{
		category: "volume", action: "info", id: "volume_id",
		every:  3 * time.Second,
		board:  &board{category: "volume", rows: "volumes", id: "id", state: "status"},
		failed: lunanode.VolumeFailed,
	})
	return info.verb(client, runtime.Verb{
		Name: "volume.wait", Method: "volume",
		Doc: "Waits until a volume is in a state, and returns what volume.info says then; nothing for gone. " +
			"It asks every three seconds (one list for all where many are waited for), and fails at once when the volume is in error.",
		Params:  waitParams("volume_id", "available, in-use", "available"),
		Returns: "volume",
		Example: `volume.wait(26, "in-use")`,
	})
}

func stateIs(state func(lunanode.Answer) string) func(lunanode.Answer, string) bool {
	return func(answer lunanode.Answer, want string) bool { return strings.EqualFold(state(answer), want) }
}

// waitFor is the work of every wait verb.
func waitFor(ctx context.Context, c *runtime.Call, client ActionCaller, p poll) (any, error) {
	action, ok := lunanode.LoadCatalogue().Action(p.category, p.action)
	if !ok {
		return nil, runtime.Errorf(runtime.Internal, "no action %s/%s", p.category, p.action)
	}
	id := c.String(p.id)
	if err := action.Check(map[string]string{p.id: id}); err != nil {
		return nil, usageOf(err)
	}
	answer, err := p.until(ctx, c, client, id, c.String("state"), c.Duration("timeout"))
	if err != nil || answer.Raw() == nil {
		return nil, err
	}
	return actionResult(action, rowsOf(action), answer)
}
