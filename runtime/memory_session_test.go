package runtime

import (
	"errors"
	"strings"
	"testing"
)

// A background task is ended for the memory that it takes, also while no evaluation goes on.
func TestBackgroundTasksCountAgainstMemory(t *testing.T) {
	rt := newCloud(t, func(c *Config) { c.Clock, c.Limits.Memory = nil, 8<<20 })
	ended := make(chan BackgroundTask, 1)
	s, err := rt.NewSession(RunOptions{Background: true, OnTask: func(b BackgroundTask) { ended <- b }})
	if err != nil {
		t.Fatal(err)
	}
	staysWithin(t, 8<<20+64<<20, func() {
		if _, err := s.Eval(t.Context(), "test", `try.spawn(function() try.sleep(0.05) kept = {} while true do kept[#kept + 1] = {} end end)`); err != nil {
			t.Fatal(err)
		}
		if b := <-ended; !errors.Is(b.Err, &Error{Kind: Limit}) {
			t.Errorf("ended with %v", b.Err)
		}
	})
	s.Do(func() {
		if _, err := s.Eval(t.Context(), "test", `kept = nil return 1`); err != nil {
			t.Errorf("the session is of no use any more: %v", err)
		}
	})
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// What a value's text takes counts as what the script takes.
func TestFormattingCountsAgainstMemory(t *testing.T) {
	for name, source := range map[string]string{
		"its functions": `return {[setmetatable({}, {__tostring = function() local t = {} while true do t[#t + 1] = {} end end})] = 1}`,
		"its length":    `local s, t = ("x"):rep(1e6), {} for i = 1, 100 do t["k" .. i] = {s, s, s} end return t`,
	} {
		t.Run(name, func(t *testing.T) {
			rt := newCloud(t, func(c *Config) { c.Limits.Memory = 8 << 20 })
			s, err := rt.NewSession(RunOptions{})
			if err != nil {
				t.Fatal(err)
			}
			values, err := s.Eval(t.Context(), "test", source)
			if err != nil {
				t.Fatal(err)
			}
			var text string
			staysWithin(t, 8<<20+64<<20, func() { text = s.Format(values[0], 80) })
			if !strings.Contains(text, "8MiB") || len(text) > 1000 {
				t.Errorf("the text is %.100q", text)
			}
			if _, err := s.Eval(t.Context(), "test", `return 1`); err != nil {
				t.Errorf("the session is of no use any more: %v", err)
			}
		})
	}
}

// What a run returns to Go counts until it is made.
func TestResultsCountAgainstMemory(t *testing.T) {
	rt := newCloud(t, func(c *Config) { c.Limits.Memory = 16 << 20 })
	for name, source := range map[string]string{
		"the same again": `local t = {} for i = 1, 1e5 do t[i] = {i} end return t, t, t, t, t, t, t, t`,
		"one in another": `local t = {} for i = 1, 60 do t = {a = t, b = t} end return t`,
		"long lists":     `local t = {} for i = 1, 1e5 do t[i] = i end return {t, t, t, t, t, t, t, t, t, t, t, t}, {t, t, t, t, t, t, t, t, t, t}`,
	} {
		t.Run(name, func(t *testing.T) {
			var err error
			staysWithin(t, 16<<20+64<<20, func() { _, err = script(t, rt, source) })
			if !errors.Is(err, &Error{Kind: Limit}) {
				t.Errorf("ended with %v", err)
			}
		})
	}
}
