package runtime

import (
	"math/rand/v2"
	"time"

	"github.com/cloudscript/cloudscript/runtime/internal/layout"
	"github.com/cloudscript/cloudscript/runtime/internal/luajson"
	"github.com/cloudscript/cloudscript/runtime/internal/lualib"
	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
)

// The methods in this file are for Inline verbs, outside Block.

// DecodeJSON makes a Lua value of JSON text. With keepNull, null becomes Null;
// otherwise a member that is null is absent. The error says where the text stops
// being JSON.
func (c *Call) DecodeJSON(text []byte, keepNull bool) (v Value, err error) {
	in := c.task.run.in
	in.charging(c.thread, func() {
		var lv lua.LValue
		lv, err = in.json.Decode(text, luajson.DecodeOptions{KeepNull: keepNull})
		v = Value{lv: lv, run: c.task.run}
	})
	return v, err
}

// EncodeJSON makes JSON text of a Lua value, each level indented by indent, on
// one line if that is "". The error names the value that JSON cannot hold.
func (c *Call) EncodeJSON(v Value, indent string) (text []byte, err error) {
	in := c.task.run.in
	in.charging(c.thread, func() {
		text, err = in.json.Encode(v.lua(), luajson.EncodeOptions{Indent: indent})
	})
	return text, err
}

// Text is the value as Lua's tostring gives it.
func (c *Call) Text(v Value) string { return lualib.ToString(c.thread, v.lua()) }

// Field is a field of a table, read as the script would read it; nil for other
// values.
func (c *Call) Field(v Value, name string) Value {
	if v.Kind() != TableValue {
		return Value{}
	}
	return Value{lv: c.thread.GetField(v.lv, name), run: c.task.run}
}

// Entries are the keys and values of a table in the order of pairs, none for
// other values.
func (c *Call) Entries(v Value) (keys, values []Value) {
	t, ok := v.lv.(*lua.LTable)
	if !ok {
		return nil, nil
	}
	luajson.Materialize(t)
	r := c.task.run
	for key, value := t.Next(lua.LNil); key != lua.LNil; key, value = t.Next(key) {
		c.ReserveItem(len(keys))
		keys = append(keys, Value{lv: key, run: r})
		values = append(values, Value{lv: value, run: r})
	}
	return keys, values
}

// Layout is the value as text for people: lists of objects as aligned tables as
// wide as RunOptions.Width, other tables as Lua writes them.
func (c *Call) Layout(v Value) string {
	if m := c.task.run.rt.moduleOf(v.lua()); m != nil {
		return m.summary(c.task.run.width)
	}
	return c.task.run.layOut(c.thread, v.lua())
}

func (r *run) layOut(L *lua.LState, v lua.LValue) string {
	return layout.Format(v, layout.Options{
		Width: r.width,
		Work:  func(bytes int) { r.in.Reserve(L, int64(bytes)) },
		Text:  func(v lua.LValue) string { return lualib.ToString(L, v) },
		Type:  r.typeInfo,
	})
}

// listText is tostring of a list that a verb made: the table of its rows.
var listText = staticFunction(func(L *lua.LState) int {
	L.Push(lua.LString(taskOf(L).run.layOut(L, L.Get(1))))
	return 1
})

// Print writes text to the run's output, as print does.
func (c *Call) Print(text string) { c.task.run.in.Print(c.thread, text) }

// CountOutput counts bytes that the script wrote elsewhere than Print writes, to a log for
// instance, as output. It does not return if they are more than the run may write.
func (c *Call) CountOutput(bytes int64) { c.task.run.in.countOutput(c.thread, bytes) }

// Reserve accounts for memory that depends on arguments, in bytes, before it is
// allocated. It does not return if the run may not have it.
func (c *Call) Reserve(bytes int64) { c.task.run.in.Reserve(c.thread, bytes) }

// Work accounts for reading or comparing so many bytes in one go, as steps. It does not
// return if the run has been stopped or has no steps left.
func (c *Call) Work(bytes int) {
	const bytesPerStep = 64
	vm.Charge(c.thread, int64(bytes)/bytesPerStep)
}

// ReserveItem is Reserve for the i-th of many items, from 0, that a verb goes through in
// a loop. It makes no long stretch of a list of millions, in which the run could not be
// stopped. Items take 64 bytes, about.
func (c *Call) ReserveItem(i int) {
	const step, bytes = 256, 64
	if i%step == step-1 {
		c.Reserve(step * bytes)
	}
}

// Remaining is what is left of the run's limits; a limit that is not set is 0, one
// that is used up -1. Memory is an estimate by the size of the process's heap, garbage
// included.
func (c *Call) Remaining() Limits {
	r := c.task.run
	budget := r.budget
	if root := c.task.root; root != nil {
		budget = root.task.budget // a background task may take as many steps as an evaluation
	}
	left := func(limit, used int64) int64 {
		switch {
		case limit == 0:
			return 0
		case used >= limit:
			return -1
		}
		return limit - used
	}
	var callsLeft map[string]int64
	for _, count := range r.counts {
		if callsLeft == nil {
			callsLeft = map[string]int64{}
		}
		callsLeft[count.verbs] = left(count.most, count.made)
	}
	return Limits{
		Steps:  left(r.limits.Steps, budget.Steps()),
		Memory: left(r.limits.Memory, r.memoryUsed()),
		Time:   time.Duration(left(int64(r.limits.Time), int64(r.clock.Now().Sub(r.begun)))),
		Calls:  left(r.limits.Calls, r.stats.Calls),
		Tasks:  int(left(int64(r.limits.Tasks), r.tasks.Load())),
		Output: left(r.limits.Output, r.stats.Output),

		Recursion: int(left(int64(r.limits.Recursion), int64(vm.Depth(c.thread)))),
		CallsOf:   callsLeft,
	}
}

// Random is the run's source of random numbers for verbs. It is not the one of
// math.random, so that a verb does not change what a script draws.
func (c *Call) Random() *rand.Rand { return c.task.run.random() }

func (r *run) random() *rand.Rand {
	if r.rand == nil {
		r.rand = rand.New(rand.NewPCG(r.seed, 1))
	}
	return r.rand
}

// typeInfo tells layout about the object types. A field that one of them calls
// secret is shown in no table: answers nest, and scripts copy.
func (r *run) typeInfo(t *lua.LTable) layout.TypeInfo {
	info := layout.TypeInfo{Secrets: r.rt.catalogue.hidden, List: r.in.json.IsArray(t)}
	if m := r.rt.moduleOf(t); m != nil {
		info.Instead = "module " + m.name
	}
	if o := r.objectOf(t); o != nil {
		info.Name, info.Columns = o.Name, o.Columns
	}
	return info
}
