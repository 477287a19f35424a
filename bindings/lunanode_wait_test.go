package bindings

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/runtime"
	simulated "github.com/cloudscript/cloudscript/simulator/lunanode"
)

func waitError(t *testing.T, w *lunaNodeWorld, source string) *runtime.Error {
	t.Helper()
	_, err := w.run(t, source)
	var e *runtime.Error
	if !errors.As(err, &e) {
		t.Fatalf("error %v", err)
	}
	return e
}

func TestWaitFailsAtOnceInAFinalState(t *testing.T) {
	w := newLunaNodeWorld(t, simulated.Config{
		FailBuild: func(simulated.VM) bool { return true },
		FailImage: func(simulated.Image) bool { return true },
	})
	began := w.clock.Now()
	e := waitError(t, w, `local m = vm.create{hostname = "a", plan_id = 1, image_id = 26} m:wait("Online", {timeout = "2h"})`)
	if e.Kind != runtime.Failed || len(e.Message) < 36 || e.Message[36:] != " is in the state ERROR and will not become Online" {
		t.Errorf("%+v", e)
	}
	if took := w.clock.Now().Sub(began); took > 30*time.Minute {
		t.Errorf("it took %v", took)
	}
	e = waitError(t, w, `image.wait(image.fetch{region = "toronto", name = "x", location = "http://example.com/x", format = "qcow2"}, {timeout = "2h"})`)
	if e.Kind != runtime.Failed {
		t.Errorf("%+v", e)
	}
	w.check(t, `local m = vm.create{hostname = "a", plan_id = 1, image_id = 26} print(m:wait("ERROR").info.status_nohtml)`, "ERROR")
}

func TestWaitEndsWithItsTime(t *testing.T) {
	w := newLunaNodeWorld(t, simulated.Config{})
	began := w.clock.Now()
	e := waitError(t, w, `local m = vm.create{hostname = "a", plan_id = 1, image_id = 26} m:wait() m:wait("Offline", {timeout = 12})`)
	if e.Kind != runtime.Timeout || e.Message[36:] != " is not Offline after 12s: its state is Online" || e.Hint == "" {
		t.Errorf("%+v", e)
	}
	if took := w.clock.Now().Sub(began); took < 12*time.Second || took > 20*time.Minute {
		t.Errorf("it took %v", took)
	}
}

func TestWaitForWhatIsNotThere(t *testing.T) {
	w := newLunaNodeWorld(t, simulated.Config{})
	const id = `"5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11"`
	if e := waitError(t, w, `vm.wait(`+id+`)`); e.Kind != runtime.NotFound || e.Message != "invalid vm" {
		t.Errorf("%+v", e)
	}
	w.check(t, `print(vm.wait(`+id+`, "gone"))`, "nil")
}

// A raw state is believed only while no task is under way.
func TestWaitForARawState(t *testing.T) {
	info := func(text string) lunanode.Answer {
		a, err := lunanode.ParseAnswer([]byte(`{"success":"yes","extra":{},"info":` + text + `}`))
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	states := []lunanode.Answer{
		info(`{"status_nohtml":"Powering off","status_raw":"active","task_state":"powering-off"}`),
		info(`{"status_nohtml":"Shelved","status_raw":"shelved_offloaded","task_state":""}`),
		info(`{"status_nohtml":"Online","status_raw":"active","task_state":""}`),
	}
	asked := 0
	clock := runtime.NewVirtualClock(time.Unix(0, 0))
	rt := newLunaNodeRuntime(t, callerFunc(func() (lunanode.Answer, error) { asked++; return states[asked-1], nil }), clock, nil)
	if _, err := runLua(t, rt, `vm.wait("5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11", "active")`); err != nil {
		t.Error(err)
	}
	if took := clock.Now().Sub(time.Unix(0, 0)); asked != 3 || took != 10*time.Second {
		t.Errorf("asked %d times in %v", asked, took)
	}
}

// A wait ends when its time ends and not at the next poll after it.
func TestWaitAsksOnceMoreAtTheEnd(t *testing.T) {
	clock := runtime.NewVirtualClock(time.Unix(0, 0))
	asked := 0
	rt := newLunaNodeRuntime(t, callerFunc(func() (lunanode.Answer, error) {
		asked++
		return lunanode.ParseAnswer([]byte(`{"success":"yes","volume":{"status":"creating"}}`))
	}), clock, nil)
	_, err := runLua(t, rt, `volume.wait(1, {timeout = 10})`)
	var e *runtime.Error
	if !errors.As(err, &e) || e.Message != "1 is not available after 10s: its state is creating" {
		t.Errorf("error %v", err)
	}
	if took := clock.Now().Sub(time.Unix(0, 0)); asked != 5 || took != 10*time.Second {
		t.Errorf("asked %d times in %v, want 5 in 10s", asked, took)
	}
}

// A thing that failed can still be waited for until it is gone.
func TestWaitForAFailedThingToBeGone(t *testing.T) {
	asked := 0
	rt := newLunaNodeRuntime(t, callerFunc(func() (lunanode.Answer, error) {
		if asked++; asked > 2 {
			return lunanode.Answer{}, &apiclient.Error{Kind: apiclient.KindNotFound, Message: "invalid image"}
		}
		return lunanode.ParseAnswer([]byte(`{"success":"yes","details":{"status":"killed"}}`))
	}), runtime.NewVirtualClock(time.Unix(0, 0)), nil)
	if _, err := runLua(t, rt, `image.wait(1, "gone")`); err != nil || asked != 3 {
		t.Errorf("asked %d times, error %v", asked, err)
	}
}

type callerFunc func() (lunanode.Answer, error)

func (f callerFunc) Call(context.Context, string, string, map[string]string) (lunanode.Answer, error) {
	return f()
}
