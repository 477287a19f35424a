package repl

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

func TestEachProfileHasItsHistoryAndVariables(t *testing.T) {
	dir := t.TempDir()
	var screen bytes.Buffer
	var closed []string
	inner := open(t, &screen)
	typist := &typist{screen: &screen, lines: []string{"x = 1", `token = "abc"`, ":profile work", "x", ":history", ":profile broken", "y = 2"}}
	p := &Prompt{Lines: typist, Out: &screen, Err: &screen}
	p.Profiles = func() []string { return []string{"broken", "work"} }
	p.Open = func(profile string) (*Place, error) {
		if profile == "broken" {
			return nil, errors.New("it is broken")
		}
		place, _ := inner(profile)
		place.Close = func() { closed = append(closed, place.Name) }
		var err error
		place.History, err = OpenHistory(filepath.Join(dir, "history-"+place.Name))
		return place, err
	}
	if err := p.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	const want = `test> x = 1
test> token = "abc"
test> :profile work
work> x
nil
work> :history
    1  x
    2  :history
work> :profile broken
error: it is broken
work> y = 2
`
	if got := screen.String(); got != want {
		t.Errorf("screen:\n%s", got)
	}
	if !slices.Equal(closed, []string{"test", "work"}) {
		t.Errorf("closed %q", closed)
	}
	h, err := OpenHistory(filepath.Join(dir, "history-test"))
	if err != nil {
		t.Fatal(err)
	}
	if got := entries(t, h); !slices.Equal(got, []string{"x = 1", ":profile work"}) {
		t.Errorf("the first profile's history is %q", got)
	}
}

func TestPromptThatCannotOpen(t *testing.T) {
	broken := errors.New("no such place")
	p := &Prompt{Open: func(string) (*Place, error) { return nil, broken }, Lines: Piped(strings.NewReader("1\n"))}
	if err := p.Run(t.Context()); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestEditRunsWhatAPersonMakesOfTheLastEntry(t *testing.T) {
	p := prompt(t)
	var screen bytes.Buffer
	p.Out, p.Err = &screen, &screen
	if err := p.evaluate(t.Context(), "21 * 1"); err != nil {
		t.Fatal(err)
	}
	p.Edit = func(_ context.Context, text string) (string, error) {
		return strings.ReplaceAll(text, "1 *", "1\n*") + "\n\n", nil
	}
	if err := p.evaluate(t.Context(), ":edit"); err != nil {
		t.Fatal(err)
	}
	if got, want := screen.String(), "21\n21\n* 1\n21\n"; got != want {
		t.Errorf("screen %q, want %q", got, want)
	}
	if last := p.kept[len(p.kept)-1]; last != "21\n* 1" {
		t.Errorf("kept %q", last)
	}
	p.Edit = func(context.Context, string) (string, error) { return "", errors.New("no editor") }
	if err := p.evaluate(t.Context(), ":edit"); err == nil || !strings.Contains(err.Error(), "no editor") {
		t.Errorf("got %v", err)
	}
	p.Edit = func(context.Context, string) (string, error) { return " \n", nil }
	if err := p.evaluate(t.Context(), ":edit"); err != nil || len(p.results) != 2 {
		t.Errorf("an emptied entry: %v, %d results", err, len(p.results))
	}
}

func TestLongTextsArePaged(t *testing.T) {
	p := prompt(t)
	var paged []string
	p.Page = func(text string) error { paged = append(paged, text); return nil }
	for _, entry := range []string{"1", "servers.list;", "servers?", "x = 1"} {
		if err := p.evaluate(t.Context(), entry); err != nil {
			t.Fatal(err)
		}
	}
	if len(paged) != 2 || paged[0] != "1\n" || !strings.Contains(paged[1], "Lists servers.") {
		t.Errorf("paged %q", paged)
	}
}

func TestTimeTellsCallsAndWaiting(t *testing.T) {
	p := prompt(t, "servers.list() servers.list()")
	if p.last.calls != 2 || p.last.failed != 0 {
		t.Errorf("%+v", p.last)
	}
	var told bytes.Buffer
	p.Out = &told
	if err := p.evaluate(t.Context(), ":time servers.get(5)"); err == nil || p.last.calls != 1 || p.last.failed != 1 {
		t.Errorf("%v, %+v", err, p.last)
	}
	if !strings.Contains(told.String(), "1 call, 1 of them failed") {
		t.Errorf("of an entry that fails it tells %q", told.String())
	}
	repeated := 3
	p.place.Retries = func() int { repeated += 2; return repeated }
	_ = p.evaluate(t.Context(), ":time servers.list()")
	if p.last.retries != 2 {
		t.Errorf("%+v", p.last)
	}
	for want, timing := range map[string]timing{
		"1.5 s, 2 calls, 1 retry\n":   {wall: 15e8, retries: 1, tally: tally{calls: 2}},
		"1.5 s, 2 calls, 4 retries\n": {wall: 15e8, retries: 4, tally: tally{calls: 2}},
		"12 ms, 0 calls\n":            {wall: 12e6},
		"12 µs, 0 calls\n":            {wall: 12e3},
		"1.5 s, 1 call, 1 of them failed, 1m15s of waiting by the clock of the clouds\n": {wall: 15e8, tally: tally{calls: 1, failed: 1, waited: 75e9}},
	} {
		if got := timing.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// A new session numbers its calls from 1, also where tasks outlive entries and the
// numbers tell whose a call is.
func TestTimeCountsTheCallsAfterAReset(t *testing.T) {
	p := &Prompt{Open: open(t, io.Discard), Out: io.Discard, Err: io.Discard, Background: true, Lines: &typist{
		lines: []string{"servers.list() servers.list()", ":reset", "servers.list()"}, screen: io.Discard}}
	if err := p.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if p.last.calls != 1 {
		t.Errorf("%+v", p.last)
	}
}

func TestCallsAreForgottenAtLast(t *testing.T) {
	p := prompt(t, "for i = 1, 250 do servers.list() end")
	if len(p.watch.calls) != callLimit || p.last.calls != 250 {
		t.Errorf("%d calls kept of %d", len(p.watch.calls), p.last.calls)
	}
}

// No form in which the prompt shows a value holds what a declaration calls
// secret.
func TestSecretsAreShownInNoForm(t *testing.T) {
	p := prompt(t)
	var screen bytes.Buffer
	p.Out, p.Err = &screen, &screen
	p.YAML = func(v any) ([]byte, error) { return []byte(strings.Join(mapKeys(v), " ")), nil }
	for _, entry := range []string{`made = servers.create{name = "x", flavor = 1}`, "made", "{made}", ":json", ":table", ":yaml", ":vars", ":calls", ":history", "made?"} {
		if err := p.evaluate(t.Context(), entry); err != nil {
			t.Errorf("%s: %v", entry, err)
		}
	}
	if strings.Contains(screen.String(), sentinel) || !strings.Contains(screen.String(), hidden) {
		t.Errorf("screen:\n%s", screen.String())
	}
}

func mapKeys(v any) []string {
	var out []string
	for _, item := range v.([]any) {
		for key, value := range item.(map[string]any) {
			text, _ := value.(string)
			out = append(out, key+"="+text)
		}
	}
	return out
}

func TestEntriesThatCallForASecretAreNotKept(t *testing.T) {
	p := prompt(t)
	rt, err := runtime.New(runtime.Config{Modules: []runtime.Module{{Name: "hash", Verbs: []runtime.Verb{{
		Name: "hash.hmac", Doc: "Signs.", Params: []runtime.Param{{Name: "key", Type: runtime.String, Secret: true}},
		Inline: func(context.Context, *runtime.Call) (any, error) { return nil, nil },
	}}}}})
	if err != nil {
		t.Fatal(err)
	}
	p.place.Runtime = rt
	for entry, want := range map[string]bool{
		`hash.hmac("open sesame")`: true, `x = (hash.hmac"sesame")`: true, "hash.hmac(key)": false, `print("hash.hmac")`: false,
	} {
		if got := p.holdsSecret(entry); got != want {
			t.Errorf("%s: %t, want %t", entry, got, want)
		}
	}
}

func TestTwoInterruptsAtAnEmptyPromptLeave(t *testing.T) {
	for name, test := range map[string]struct {
		lines []string
		left  int
	}{
		"in a row":         {[]string{"^C", "^C", "1"}, 1},
		"an entry between": {[]string{"^C", "1", "^C", "2"}, 0},
		"a line given up":  {[]string{"^C", "abc^C", "^C", "2"}, 0},
		"within an entry":  {[]string{"f(", "^C", "^C", "2"}, 0},
		"only once":        {[]string{"^C"}, 0},
	} {
		var screen bytes.Buffer
		typist := &typist{lines: test.lines, screen: &screen}
		p := &Prompt{Open: open(t, &screen), Lines: typist, Out: &screen, Err: &screen}
		if err := p.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if len(typist.lines) != test.left {
			t.Errorf("%s: %d lines are left, want %d", name, len(typist.lines), test.left)
		}
	}
}

// What is kept for :history and :edit, and in the file, is kept by one rule.
func TestSecretEntriesAreNotInTheHistory(t *testing.T) {
	p := prompt(t)
	h, _ := openHistory(t)
	p.place.History = h
	for _, entry := range []string{"x = 1", `api_key = "` + sentinel + `"`} {
		if err := p.evaluate(t.Context(), entry); err != nil {
			t.Fatal(err)
		}
	}
	if got := entries(t, h); !slices.Equal(got, []string{"x = 1"}) || !slices.Equal(p.kept, got) {
		t.Errorf("the file holds %q, the session %q", got, p.kept)
	}
}

// What an entry prints fits a terminal of another width than at first, and is whole where
// there is none.
func TestTablesThatEntriesPrintFitTheTerminal(t *testing.T) {
	for first, want := range map[int]string{
		0:  "ID    NAME    STATUS\n1001  web1    ACTIVE\n1002  数据库  BUILD\n",
		80: "ID    NAME\n1001  web1\n1002  数据库\n(not shown: status)\n",
	} {
		var screen bytes.Buffer
		p := &Prompt{Lines: &typist{screen: io.Discard, lines: []string{"print(servers.list())"}}, Out: io.Discard, Err: io.Discard, Width: func() int { return 19 }}
		p.Open = func(profile string) (*Place, error) {
			place, err := open(t, &screen)(profile)
			place.Options.Width = first
			return place, err
		}
		if err := p.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if screen.String() != want {
			t.Errorf("%d columns at first:\n%s\nwant\n%s", first, screen.String(), want)
		}
	}
}

// Ctrl-C ends the printing of a value, too.
func TestPrintingIsInterrupted(t *testing.T) {
	p := prompt(t)
	evaluations := 0
	p.Interruptible = func(ctx context.Context) (context.Context, context.CancelFunc) {
		ctx, cancel := context.WithCancel(ctx)
		if evaluations++; evaluations == 2 {
			cancel()
		}
		return ctx, cancel
	}
	err := p.evaluate(t.Context(), "local t = {} for _ = 1, 10 do t = {t, t, t, t, t, t, t, t, t, t} end return t")
	if !errors.Is(err, &runtime.Error{Kind: runtime.Cancelled}) {
		t.Errorf("got %v", err)
	}
}
