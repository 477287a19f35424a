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

// A poll watches one thing of the cloud. The API has no call that tells the live
// states of several things at once, so each wait asks for its own.
type poll struct {
	category, action, id string // how to ask
	every                time.Duration

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
		left := deadline.Sub(clock.Now())
		if left <= 0 {
			e := runtime.Errorf(runtime.Timeout, "%s is not %s after %v: its state is %s", id, want, timeout, orUnknown(state))
			e.Hint = `a longer wait is asked for with timeout = "30m"`
			return lunanode.Answer{}, e
		}
		if err := clock.Sleep(ctx, min(p.every, left)); err != nil {
			return lunanode.Answer{}, err
		}
	}
}

func orUnknown(state string) string {
	if state == "" {
		return "not known"
	}
	return state
}

// waitParams are those of every wait.
func waitParams(id, states, state string) []runtime.Param {
	return []runtime.Param{
		{Name: id, Type: runtime.ID, Required: true, Doc: "what to wait for"},
		{Name: "state", Type: runtime.String, Default: state, Doc: "the state to wait for, without regard to case: " + states + ", or gone"},
		{Name: "timeout", Type: runtime.Duration, Default: "10m", Doc: "how long to wait at most"},
	}
}

func waitErrors() []runtime.Kind {
	return []runtime.Kind{runtime.Failed, runtime.Timeout, runtime.NotFound, runtime.Unauthorized}
}

// stateAt reads a state that stands in one member of an object.
func stateAt(object, member string) func(lunanode.Answer) string {
	return func(answer lunanode.Answer) string { return answer.Get(object).Get(member).Text() }
}

func vmWait(client ActionCaller) runtime.Verb {
	info := poll{
		category: "vm", action: "info", id: "vm_id",
		every: 5 * time.Second, // as the vendor's clients do (spec section 8)
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
	return runtime.Verb{
		Name: "vm.wait", Effect: runtime.Read, Method: "vm",
		Doc: "Waits until a machine is in a state, and returns what vm.info says then; nothing for gone. " +
			"It asks every five seconds, and fails at once when the machine is in the state ERROR.",
		Params:  waitParams("vm_id", "Online, Offline", lunanode.VMOnline),
		Returns: "table",
		Example: `vm.wait("5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11", "Online")`,
		Errors:  waitErrors(),
		Func: func(ctx context.Context, c *runtime.Call) (any, error) {
			return waitFor(ctx, c, client, info)
		},
	}
}

func imageWait(client ActionCaller) runtime.Verb {
	details := poll{
		category: "image", action: "details", id: "image_id",
		every:  10 * time.Second,
		state:  stateAt("details", "status"),
		is:     stateIs(stateAt("details", "status")),
		failed: lunanode.ImageFailed,
		name:   stateAt("details", "name"),
	}
	return runtime.Verb{
		Name: "image.wait", Effect: runtime.Read, Method: "vm_image",
		Doc: "Waits until an image is in a state, and returns what image.details says then; nothing for gone. " +
			"It asks every ten seconds, and fails at once when the image is killed or in error.",
		Params:  waitParams("image_id", "active", "active"),
		Returns: "table",
		Example: `image.wait(26)`,
		Errors:  waitErrors(),
		Func: func(ctx context.Context, c *runtime.Call) (any, error) {
			return waitFor(ctx, c, client, details)
		},
	}
}

func volumeWait(client ActionCaller) runtime.Verb {
	info := poll{
		category: "volume", action: "info", id: "volume_id",
		every:  3 * time.Second,
		state:  stateAt("volume", "status"),
		is:     stateIs(stateAt("volume", "status")),
		failed: lunanode.VolumeFailed,
		name:   stateAt("volume", "name"),
	}
	return runtime.Verb{
		Name: "volume.wait", Effect: runtime.Read, Method: "volume",
		Doc: "Waits until a volume is in a state, and returns what volume.info says then; nothing for gone. " +
			"It asks every three seconds, and fails at once when the volume is in error.",
		Params:  waitParams("volume_id", "available, in-use", "available"),
		Returns: "volume",
		Example: `volume.wait(26, "in-use")`,
		Errors:  waitErrors(),
		Func: func(ctx context.Context, c *runtime.Call) (any, error) {
			return waitFor(ctx, c, client, info)
		},
	}
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
