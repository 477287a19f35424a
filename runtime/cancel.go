package runtime

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
)

// A run is stopped by its budget, which every Lua instruction and every library
// function looks at, and by its context, which every waiting verb looks at. Both
// carry the same *Error.

// reason is why ctx, a context below base, ended: the *Error with which the run
// ended itself, its time limit or that of its clean-up, or the host's cancellation.
func (r *run) reason(base, ctx context.Context) *Error {
	var e *Error
	switch cause := context.Cause(ctx); {
	case errors.As(cause, &e):
		return e
	case ctx.Value(inCleanup{}) != nil && errors.Is(cause, context.DeadlineExceeded):
		return cleanupTooLong()
	case r.limits.Time > 0 && base.Err() == nil && errors.Is(cause, context.DeadlineExceeded):
		return r.limits.hit("time", "the run took longer than %v", r.limits.Time)
	case cause == errOther, cause == errLeft:
		return &Error{Kind: Cancelled, Message: "the task was cancelled", Cause: cause}
	default:
		return &Error{Kind: Cancelled, Message: "the run was cancelled", Cause: cause}
	}
}

// end ends the whole run with an error that the script cannot catch, from L.
func (r *run) end(L *lua.LState, e *Error) {
	e = r.placed(e, vm.Traceback(L))
	taskOf(L).cancelAll(e)
	vm.Fatal(L, e)
}

// cutOffs are the calls that were under way when their task was stopped.
type cutOffs struct {
	mu        sync.Mutex // for tasks that leave without the baton
	uncertain []cutCall  // those that may have changed the world
	during    *Verb      // the first one
	left      *Error     // that tasks leave with; of the first one
	unbegun   *Error     // that those end with that have not begun; of the first one
}

// A cutCall is one call that was cut off.
type cutCall struct {
	verb *Verb
	path string
}

func (o *cutOffs) reset() { o.restore(nil, nil) }

// restore sets what is told; what has ended is not what goes on now.
func (o *cutOffs) restore(during *Verb, uncertain []cutCall) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.during, o.uncertain, o.left, o.unbegun = during, uncertain, nil, nil
}

// add notes a call, uncertain if it may have changed the world.
func (o *cutOffs) add(c *Call, uncertain bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if uncertain {
		o.uncertain = append(o.uncertain, cutCall{c.Verb, c.Path()})
	}
	if o.during == nil {
		o.during = c.Verb
	}
}

// takeOf takes out the uncertain calls of the tasks whose calls' paths begin with prefix.
func (o *cutOffs) takeOf(prefix string) (taken []cutCall) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.uncertain = slices.DeleteFunc(o.uncertain, func(c cutCall) bool {
		belongs := strings.HasPrefix(c.path, prefix)
		if belongs {
			taken = append(taken, c)
		}
		return belongs
	})
	return taken
}

// leaving is the error that tasks leave with, made by the first one.
func (o *cutOffs) leaving(first func() *Error) *Error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.left == nil {
		o.left = first()
	}
	return o.left
}

// hintSeparator stands between the parts of a hint.
const hintSeparator = "; "

// outlook says what state the cloud may be in, and how to look; "" if nothing
// was cut off.
func (r *run) outlook(interrupted []cutCall) string {
	var sentences []string
	counts := map[*Verb]int{}
	for _, c := range interrupted {
		counts[c.verb]++
	}
	for _, c := range interrupted {
		v, n := c.verb, counts[c.verb]
		if n == 0 {
			continue
		}
		counts[v] = 0
		times := ""
		if n > 1 {
			times = fmt.Sprintf(" %d times", n)
		}
		s := fmt.Sprintf("%s was under way%s: %s", v.Name, times, r.aftermath(v, n))
		if list := r.rt.catalogue.verbs[v.Module()+".list"]; list != nil {
			s += fmt.Sprintf(" (look with %s())", list.Name)
		}
		sentences = append(sentences, s)
	}
	return strings.Join(sentences, hintSeparator)
}

// aftermath is what may have happened although no answer came, n times.
func (r *run) aftermath(v *Verb, n int) string {
	thing := "what it works on"
	switch {
	case n > 1:
		thing = fmt.Sprintf("up to %d of them", n)
	case v.Method != "":
		thing = "the " + strings.ReplaceAll(v.Method, "_", " ")
	case r.rt.catalogue.objects[v.Returns] != nil:
		thing = "the " + strings.ReplaceAll(v.Returns, "_", " ")
	case v.Effect == Create:
		thing = "what it makes"
	}
	switch v.Effect {
	case Create:
		return thing + " may exist"
	case Destroy:
		return thing + " may be gone"
	}
	return thing + " may have changed"
}

// cutOff notes that the task was cancelled during a call, which returned err. An answer
// settles what it did, and so does an error before anything was sent.
func (c *Call) cutOff(err error) {
	if c.Verb.Func == nil {
		return
	}
	var e *Error
	settled := errors.As(err, &e) && (e.Status != 0 || slices.Contains(unsent, e.Kind))
	c.task.cuts().add(c, !settled && c.Verb.Effect >= Create) // no answer, or one that nobody will see
}

// unsent are the kinds of errors that say that nothing was sent.
var unsent = []Kind{Usage, Credentials, Denied}

// final is the error that the run, or a task that stands on its own, ends with.
func (t *task) final(err error, cuts *cutOffs) *Error {
	e := t.errorOf(err)
	if e.Kind == Cancelled && cuts.during != nil {
		placed := *e
		placed.Message += " during " + cuts.during.Name
		e = &placed
	}
	if hint := t.run.outlook(cuts.uncertain); hint != "" {
		placed := *e
		placed.Hint = strings.TrimPrefix(placed.Hint+hintSeparator+hint, hintSeparator)
		e = &placed
	}
	return e
}
