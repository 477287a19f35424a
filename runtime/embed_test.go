package runtime

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

type ticketIn struct {
	Title    string            `lua:",required" doc:"one line"`
	Priority int8              `doc:"1 to 5"`
	Due      time.Duration     `lua:"due_in,named"`
	Tags     []string          `lua:",named"`
	Labels   map[string]string `lua:",named"`
	Weight   *float64          `lua:",named"`
	Owner    owner             `lua:",named"`
	APIKey   string            `lua:",named,secret"`
	Extra    any               `lua:",named"`
	hidden   int
	Skipped  int `lua:"-"`
}

type owner struct {
	Name  string
	Since time.Time
}

type ticketOut struct {
	ID         int
	PublicIPv4 string
	Tags       []string
	Owner      *owner `lua:"owned_by"`
	Nobody     *owner
	Age        time.Duration
	Secret     string `lua:"-"`
}

func ticketVerb(got *ticketIn) Verb {
	return Func("tickets.open", "Opens a ticket.", func(_ context.Context, in ticketIn) (*ticketOut, error) {
		*got = in
		if in.Title == "" {
			return nil, errors.New("a ticket needs a title")
		}
		return &ticketOut{ID: 7, PublicIPv4: "192.0.2.1", Tags: in.Tags, Owner: &in.Owner, Age: time.Minute, Secret: "x"}, nil
	})
}

func TestFuncDerivesParametersFromAStruct(t *testing.T) {
	var got ticketIn
	v := ticketVerb(&got)
	if want := "tickets.open{title=, [priority=], [due_in=], [tags=], [labels=], [weight=], [owner=], [api_key=], [extra=]}"; v.Signature() != want {
		t.Errorf("signature %s", v.Signature())
	}
	if p := v.Params[0]; !p.Required || p.Doc != "one line" || p.Type != String {
		t.Errorf("first parameter %+v", p)
	}
	if p := v.Params[7]; !p.Secret || !p.Named {
		t.Errorf("secret parameter %+v", p)
	}
	rt, err := New(Config{Policy: AllowAll(), Modules: []Module{{Name: "tickets", Verbs: []Verb{v}}}})
	if err != nil {
		t.Fatal(err)
	}
	prints(t, rt, `
local t = tickets.open("Disk full", 3, {due_in = "2h", tags = {"a", "b"}, labels = {env = "prod"}, weight = 1.5,
  owner = {name = "ann", since = "2030-01-02T03:04:05Z"}, extra = {1}})
print(t.id, t.public_ipv4, #t.tags, t.owned_by.name, t.owned_by.since, t.nobody, t.age, t.secret)
local last
for k in pairs(t) do last = k end
print(last)`, "7\t192.0.2.1\t2\tann\t2030-01-02T03:04:05Z\tnil\t60\tnil\nage\n")
	if got.Priority != 3 || got.Due != 2*time.Hour || len(got.Tags) != 2 || got.Labels["env"] != "prod" || *got.Weight != 1.5 ||
		got.Owner.Name != "ann" || got.Owner.Since.Year() != 2030 || got.hidden != 0 || got.Skipped != 0 {
		t.Errorf("got %+v", got)
	}
	for source, want := range map[string]string{
		`tickets.open("x", 1000)`:                        `tickets.open: parameter "priority": 1000 does not fit into int8`,
		`tickets.open("x", {tags = {"a", 1}})`:           `tickets.open: parameter "tags": [2]: expected a string, got a number`,
		`tickets.open("x", {owner = {nam = "ann"}})`:     `tickets.open: parameter "owner": unknown field "nam"; did you mean "name"?`,
		`tickets.open("x", {owner = {since = "today"}})`: `tickets.open: parameter "owner": since: expected an RFC 3339 time, got "today"`,
		`tickets.open("")`:                               `tickets.open: a ticket needs a title`,
		`tickets.open()`:                                 `tickets.open: missing parameter "title" (string)`,
	} {
		if e := fails(t, rt, source); e.text() != want {
			t.Errorf("%s\ngot  %s\nwant %s", source, e.text(), want)
		}
	}
}

func TestFuncRefusesWhatNoParameterCanBe(t *testing.T) {
	for _, f := range []func(){
		func() { Func("f", "", func(context.Context, int) (any, error) { return nil, nil }) },
		func() { Func("f", "", func(context.Context, struct{ C chan int }) (any, error) { return nil, nil }) },
	} {
		func() {
			defer func() {
				if p := recover(); p == nil || !strings.Contains(fmt.Sprint(p), "Func f") {
					t.Errorf("panicked with %v", p)
				}
			}()
			f()
		}()
	}
}

func TestSnakeCase(t *testing.T) {
	for in, want := range map[string]string{"ID": "id", "PublicIPv4": "public_ipv4", "ServerID": "server_id", "HTTPServer": "http_server", "A": "a", "FlavorRef2": "flavor_ref2", "X1Y": "x1_y"} {
		if got := snakeCase(in); got != want {
			t.Errorf("%s is %s, want %s", in, got, want)
		}
	}
}

func TestGoCallsLuaFunctions(t *testing.T) {
	s, err := newCloud(t).NewSession(RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	p, err := Compile("rules.lua", []byte(`
rules = {}
function rules.check(server)
  if server.age > 60 then return {delete = true, reason = server.name .. " is old"} end
end
function broken(s) return s.x.y end`))
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if _, err := s.Load(ctx, p); err != nil {
		t.Fatal(renderError(err))
	}
	type server struct {
		Name string
		Age  time.Duration
	}
	values, err := s.Call(ctx, "rules.check", server{"web1", 2 * time.Minute})
	if err != nil {
		t.Fatal(renderError(err))
	}
	var verdict struct {
		Delete bool
		Reason string
	}
	if err := values[0].Into(&verdict); err != nil || !verdict.Delete || verdict.Reason != "web1 is old" {
		t.Errorf("%+v, %v", verdict, err)
	}
	var wrong struct{ Reason int }
	if err := values[0].Into(&wrong); err == nil || err.Error() != "reason: expected a number, got a string" {
		t.Errorf("Into gave %v", err)
	}
	if err := values[0].Into(wrong); err == nil {
		t.Error("Into took a value that is not a pointer")
	}
	if values, err := s.Call(ctx, "rules.check", server{"web2", time.Second}); err != nil || len(values) != 0 {
		t.Errorf("%v, %v", values, err)
	}
	for name, want := range map[string]string{"rules.chek": `there is no function "rules.chek"; it is a nil`, "rules.check.x": `it is a nil`, "rules": `it is a table`} {
		if _, err := s.Call(ctx, name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if _, err := s.Call(ctx, "rules.check", make(chan int)); err == nil || !strings.Contains(err.Error(), "a chan int has no Lua form") {
		t.Errorf("%v", err)
	}
	if _, err := s.Call(ctx, "broken", map[string]any{}); err == nil || !strings.HasPrefix(err.Error(), "rules.lua:6: attempt to index a nil value") {
		t.Errorf("%v", err)
	}
}

func TestASessionsFunctionsAndVariablesAreFound(t *testing.T) {
	ctx := context.Background()
	s, err := newCloud(t).NewSession(RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	values, err := s.Eval(ctx, "prompt", `function() error("no") end, servers.get(3), setmetatable({}, {__index = function() error("metamethod") end})`)
	if err != nil {
		t.Fatal(renderError(err))
	}
	_, _ = s.Eval(ctx, "prompt", `config = {limit = 5, deep = {name = "x"}}`)
	for name, want := range map[string]any{"config.limit": 5.0, "config.deep.name": "x", "config.nothing.more": nil, "nothing": nil, "config.limit.more": nil, "": nil} {
		if got := s.Get(name).Go(); got != want {
			t.Errorf("%q is %v, want %v", name, got, want)
		}
	}
	if got := values[1].Field("name").Go(); got != "web3" {
		t.Errorf("the row's name is %v", got)
	}
	if k := values[2].Field("name").Kind(); k != NilValue {
		t.Errorf("a metamethod gave a %s", k)
	}
	if _, err := s.Apply(ctx, values[0].Function()); err == nil || err.Error() != "prompt:1: no" {
		t.Errorf("the function ended with %v", err)
	}
	if _, err := s.Apply(ctx, values[1].Function()); !errors.Is(err, &Error{Kind: Usage}) {
		t.Errorf("no function ended with %v", err)
	}
	if _, err := s.Apply(ctx, s.Get("print").Function(), make(chan int)); err == nil || !strings.Contains(err.Error(), "a chan int has no Lua form") {
		t.Errorf("a channel ended with %v", err)
	}
	f := values[0].Function()
	_ = s.Close()
	if _, err := s.Apply(ctx, f); err != errClosed || s.Get("config").Kind() != NilValue {
		t.Errorf("a closed session answers %v", err)
	}
}

func TestACacheCompilesOnce(t *testing.T) {
	c := NewCache(2)
	first, err := c.Compile("a.lua", []byte("return 1"))
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if again, err := c.Compile("a.lua", []byte("return 1")); err != nil || again != first {
				t.Error("compiled again")
			}
		})
	}
	wg.Wait()
	if other, _ := c.Compile("b.lua", []byte("return 1")); other == first || other.Hash() != first.Hash() || other.Name() != "b.lua" {
		t.Error("a program of another name is not its own")
	}
	if _, err := c.Compile("c.lua", []byte("=")); err == nil {
		t.Error("no error")
	}
	if again, _ := c.Compile("a.lua", []byte("return 1")); again == first || c.Len() != 2 {
		t.Errorf("the oldest is still there, of %d", c.Len())
	}
}
