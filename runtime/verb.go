package runtime

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/cloudscript/cloudscript/internal/english"
)

// An Effect is what a verb does to the world. Policy, plan, dry run and retry
// all go by it.
type Effect uint8

const (
	Local   Effect = iota // computes or waits; touches nothing outside the run
	Read                  // reads from the world, changes nothing
	Create                // makes something new; doing it twice makes two
	Update                // changes something that exists
	Destroy               // removes something that exists
)

var effectNames = [...]string{"local", "read", "create", "update", "destroy"}

func (e Effect) String() string {
	if int(e) < len(effectNames) {
		return effectNames[e]
	}
	return fmt.Sprintf("Effect(%d)", uint8(e))
}

// A Verb is one thing that a script can ask of the world. Everything about it
// follows from this declaration: the Lua function, argument checking, help,
// completion, the reference page, editor stubs, the command-line form.
//
// Exactly one of Func and Inline is set.
type Verb struct {
	// Name is what scripts write: "servers.create", or one word for a global
	// function such as "auth".
	Name string

	// Effect is what the verb does to the world.
	Effect Effect

	// Doc says what the verb does. Its first sentence is the summary.
	Doc string

	// Params are the parameters in positional order. A script passes them by
	// position, by name in one table (servers.create{name="web"}), or mixed: the
	// last argument may be a table with the remaining ones by name. Where the
	// parameter at that position takes a table itself, the table is its value,
	// unless the parameter is optional and all keys are parameters.
	Params []Param

	// Returns names what comes back: an object type ("server"), "list of
	// server", a type name such as "string", or "" for nothing.
	Returns string

	// EditorReturns are the results for editors where Returns says too little, as
	// Param.Editor: "T[]", or several with commas between.
	EditorReturns string

	// Method makes the verb a method of an object type as well: with "server",
	// server:reboot("HARD") is servers.reboot(server, "HARD"). The first
	// parameter must be an ID or a Table.
	Method string

	// Subject tells what a call acts on, for policies that go by more than its
	// arguments; nil if that cannot be asked.
	Subject *Subject

	// Means tells which verb a call of this one amounts to, for verbs that can do what others
	// do, and that verb's arguments in the forms of Call's accessors; "" if it is none that is
	// declared. Policy and Limits.CallsOf judge the call as one of that verb, by its effect.
	// They go by this verb as well where a rule that allows or a limit has its very name, or
	// a rule that denies names or matches it; and Policy.Decide is asked about both.
	Means func(c *Call) (verb string, args map[string]any)

	// Example is Lua that a reader can run.
	Example string

	// Errors are the kinds a caller should be ready for, the obvious ones
	// (timeout, cancelled, denied, limit) left out.
	Errors []Kind

	// Func does the work of a verb that waits for something outside (network,
	// disk, clock). It sees Go values only and runs while other tasks execute
	// Lua; it must not keep c after it returns.
	Func func(ctx context.Context, c *Call) (any, error)

	// Inline does the work of a verb that computes, or that calls back into
	// Lua. It runs while its task holds the interpreter, so it must not block,
	// except inside c.Block.
	Inline func(ctx context.Context, c *Call) (any, error)
}

// A Subject is the thing that a verb acts on as policy sees it: servers.delete has the
// id, and the server of that id has a name.
type Subject struct {
	// Fields are what the conditions of rules may go by.
	Fields []string

	// Look asks for the fields, just before each call for which the policy has a
	// condition on one of them. It runs as Verb.Func does; its error is the call's. A
	// field that it leaves out matches nothing.
	Look func(ctx context.Context, c *Call) (map[string]string, error)
}

// Module is the part of the name before the dot, "" for a global function.
func (v *Verb) Module() string {
	module, _, ok := strings.Cut(v.Name, ".")
	if !ok {
		return ""
	}
	return module
}

// Function is the part of the name after the dot, or the whole name.
func (v *Verb) Function() string {
	if _, function, ok := strings.Cut(v.Name, "."); ok {
		return function
	}
	return v.Name
}

// Summary is the first sentence of Doc.
func (v *Verb) Summary() string { return english.FirstSentence(v.Doc) }

// Signature is how the verb is called, optional parameters in brackets:
// "servers.get(id)", "servers.create{name=, image=, flavor=, [metadata=]}",
// "http.get(url, {[headers=], [timeout=]})".
func (v *Verb) Signature() string {
	allNamed := len(v.Params) > 3 || len(v.Params) > 0 && v.Params[0].Named
	var positional, named []string
	for _, p := range v.Params {
		part, list := p.Name, &positional
		if allNamed || p.Named {
			part, list = part+"=", &named
		}
		if !p.Required {
			part = "[" + part + "]"
		}
		*list = append(*list, part)
	}
	table := ""
	if len(named) > 0 {
		table = "{" + strings.Join(named, ", ") + "}"
	}
	if allNamed {
		return v.Name + table
	}
	if table != "" {
		positional = append(positional, table)
	}
	return v.Name + "(" + strings.Join(positional, ", ") + ")"
}

// A Param is one parameter of a verb.
type Param struct {
	Name     string
	Type     Type
	Required bool
	Named    bool     // given by name only, never by position
	Default  any      // documentation and value when absent; nil means absent
	Enum     []string // for String: the values allowed, matched without regard to case
	Secret   bool     // never shown: not in a trace, a journal, an error, the history
	ByName   bool     // for ID: the name of the thing will do as well
	MaxLen   int      // for String: the most bytes that make sense; 0 does not limit
	Doc      string

	// Words are what a reference calls the type where Type's own words mislead:
	// "whole number" for an ID that is a quantity.
	Words string

	// Editor is the type for editors, in LuaCATS, where Type says too little:
	// "fun(item: T): R". T and R are whatever types a call has in their places.
	Editor string
}

// TypeWords are what a reference calls the type.
func (p *Param) TypeWords() string { return cmp.Or(p.Words, p.Type.String()) }

// A Type is what a parameter takes from Lua and what the Go function gets.
type Type uint8

const (
	Any      Type = iota // any value that has a Go form (see Call.Any)
	String               // a string; Go string
	Number               // a number; float64
	Integer              // a whole number within ±2^53; int64
	Boolean              // true or false; bool
	Duration             // seconds as a number, or text such as "90s", "10m", "1h30m"; time.Duration
	ID                   // a number, a string, or an object that has an id; the id as string
	Table                // a table with string keys; map[string]any
	List                 // a sequence; []any
	Strings              // a table of strings by name; map[string]string (numbers become their text)
	Callback             // a Lua function; *Function
	Handle               // any Lua value, passed by identity; Value
)

var typeNames = [...]string{"any value", "string", "number", "whole number", "boolean", `duration (seconds, or text like "10m")`,
	"id", "table", "list", "table of strings", "function", "any value"}

func (t Type) String() string {
	if int(t) < len(typeNames) {
		return typeNames[t]
	}
	return fmt.Sprintf("Type(%d)", uint8(t))
}

// takesTables reports whether a table can be a value of the type, whatever it
// holds.
func (t Type) takesTables() bool {
	switch t {
	case Any, Handle, Table, List, Strings:
		return true
	}
	return false
}

// phrase is the type with its article, as in "expected a string".
func (t Type) phrase() string {
	switch t {
	case Any, Handle:
		return t.String()
	case ID:
		return "an id"
	}
	return "a " + t.String()
}

// An ObjectType is a kind of record that verbs hand to scripts: a server, an
// image. Its objects are Lua tables whose methods are the verbs with this name
// in Verb.Method.
type ObjectType struct {
	Name    string   // "server"
	Doc     string   // first sentence is the summary
	Key     string   // the field that identifies one: "id"; "" if none does
	Fields  []Field  // the documented fields; answers may hold more, and keep them
	Columns []string // the fields shown when a list is printed as a table
}

// A Field is one documented field of an object type.
type Field struct {
	Name   string
	Type   Type // ID: numbers and numeric text both become a Lua number
	Doc    string
	Secret bool // readable by the script, but shown in no table of any type, and never completed
}

// A Module is a named group of verbs with the object types that they return.
// Modules of the same name are merged; two verbs of the same name are an error.
type Module struct {
	Name    string // "servers"; "" for global functions
	Section string // the heading under which a reference lists it: "Cloud Servers"
	Doc     string
	Verbs   []Verb
	Objects []ObjectType
	Values  map[string]any // constants, such as json.null
}
