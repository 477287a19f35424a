package runtime_test

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

func TestFormSaysWhatHasNone(t *testing.T) {
	session, err := newRuntime(runtime.Config{}).NewSession(runtime.RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	for source, want := range map[string]runtime.NoForm{
		`return {1, {a = "x"}}`:          {},
		`return print`:                   {What: "a function"},
		`return {1, {a = {b = print}}}`:  {What: "a function", At: "[2].a.b"},
		`return {a = {{print}}}`:         {What: "a function", At: ".a[1][1]"},
		`return {x = {[true] = 1}}`:      {What: "a table with a boolean as key", At: ".x"},
		`local t = {} t.t = t return t`:  {What: "a table that contains itself", At: ".t"},
		`return coroutine.create(print)`: {What: "a thread"},
	} {
		values, err := session.Eval(t.Context(), "test", source)
		if err != nil {
			t.Fatal(err)
		}
		form, err := values[0].Form()
		if !reflect.DeepEqual(form, values[0].Go()) {
			t.Errorf("%s: the form is %v, and Go says %v", source, form, values[0].Go())
		}
		none := &runtime.NoForm{}
		if errors.As(err, &none); *none != want {
			t.Errorf("%s: %+v, want %+v", source, *none, want)
		}
	}
	if form, err := (runtime.Value{}).Form(); form != nil || err != nil {
		t.Errorf("nil: %v, %v", form, err)
	}
	for none, want := range map[runtime.NoForm]string{
		{What: "a function"}:              "a function has no Go form",
		{What: "a thread", At: ".a.b[1]"}: "a thread at .a.b[1] has no Go form",
	} {
		if got := none.Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestResultsSayWhatHasNoForm(t *testing.T) {
	for source, want := range map[string]string{
		`return 1, nil, {"a"}`:                    "",
		`return 1, {rules = {{check = print}}}`:   "a function at [2].rules[1].check has no Go form",
		`return coroutine.create(print), {print}`: "a thread at [1] has no Go form",
	} {
		result := run(newRuntime(runtime.Config{}), source, runtime.RunOptions{})
		got := ""
		if result.NoForm != nil {
			got = result.NoForm.Error()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", source, got, want)
		}
	}
}

// A few tables inside one another are shown for a very long time.
func TestLayingAValueOutIsCancelled(t *testing.T) {
	session, err := newRuntime(runtime.Config{}).NewSession(runtime.RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	values, err := session.Eval(t.Context(), "test", `local t = {} for _ = 1, 10 do t = {t, t, t, t, t, t, t, t, t, t} end return t, {1}`)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if text, err := session.FormatContext(ctx, values[0], 80); !errors.Is(err, &runtime.Error{Kind: runtime.Cancelled}) {
		t.Errorf("%d bytes, %v", len(text), err)
	}
	if text, err := session.FormatContext(t.Context(), values[1], 80); text != "{1}" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
}
