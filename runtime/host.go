package runtime

import (
	"time"

	"github.com/cloudscript/cloudscript/runtime/internal/luajson"
	"github.com/cloudscript/cloudscript/runtime/internal/lualib"
	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
)

var _ lualib.Host = (*interpreter)(nil)

// Charge counts work of the Lua library as steps.
func (in *interpreter) Charge(L *lua.LState, work int64) { vm.Charge(L, work) }

// Reserve accounts for memory of the Lua library.
func (in *interpreter) Reserve(L *lua.LState, bytes int64) { vm.Reserve(L, bytes) }

// BeforeStore accounts for what the Lua library stores far behind a table's end.
func (in *interpreter) BeforeStore(L *lua.LState, t *lua.LTable, position int) {
	vm.BeforeStore(L, t, position)
}

// chargeJSON accounts for JSON text that is decoded or encoded. A table takes
// about sixteen times the bytes of its text.
func (in *interpreter) chargeJSON(bytes int) {
	if in.calling != nil {
		vm.Charge(in.calling, int64(bytes)/16)
		vm.Reserve(in.calling, int64(bytes)*16)
	}
}

// reserveJSON accounts for the memory of JSON text.
func (in *interpreter) reserveJSON(bytes int) {
	if in.calling != nil {
		vm.Reserve(in.calling, int64(bytes))
	}
}

// chargeValue accounts for the i-th value of a list or table that is made for Lua.
func (in *interpreter) chargeValue(i int) {
	const step, bytes = 256, 64
	if in.calling != nil && i%step == step-1 {
		vm.Charge(in.calling, step)
		vm.Reserve(in.calling, step*bytes)
	}
}

// charging lets f decode or encode JSON, or make Lua values, on the account of the
// thread L.
func (in *interpreter) charging(L *lua.LState, f func()) {
	in.calling = L
	defer func() { in.calling = nil }()
	f()
}

// Print writes to the run's output and counts it.
func (in *interpreter) Print(L *lua.LState, text string) {
	r := in.run
	in.countOutput(L, int64(len(text)))
	if _, err := r.stdout.Write([]byte(text)); err != nil {
		taskOf(L).raise(L, &Error{Kind: Failed, Message: "cannot write the output: " + err.Error(), Cause: err})
	}
}

// countOutput ends the run where n more bytes are more than it may print.
func (in *interpreter) countOutput(L *lua.LState, n int64) {
	r := in.run
	if limit := r.limits.Output; limit > 0 && r.stats.Output+n > limit+r.extra.Output {
		r.end(L, r.limits.hit("output", "the run printed more than %s", sizeText(limit)))
	}
	r.stats.Output += n
}

// Materialize fills a row of an answer.
func (in *interpreter) Materialize(t *lua.LTable) { luajson.Materialize(t) }

// Brief implements lualib.Host.
func (in *interpreter) Brief(v lua.LValue, most int) string { return in.run.brief(v, most) }

// RandomSeed seeds math.random.
func (in *interpreter) RandomSeed(*lua.LState) uint64 { return in.run.seed }

// Now is the time on the run's clock.
func (in *interpreter) Now(*lua.LState) time.Time { return in.run.clock.Now() }

// CPU is how long the run has been going, on its clock: the processor's time is
// not the run's alone, and would differ from one execution to the next.
func (in *interpreter) CPU(*lua.LState) time.Duration { return in.run.clock.Now().Sub(in.run.started) }

// Memory is the size of the process's heap, which the run shares with others.
func (in *interpreter) Memory(*lua.LState) int64 { return memoryBytes() }

// source answers require.
func (in *interpreter) source(_ *vm.Thread, module string) (chunk string, src []byte, err error) {
	chunk, src, err = in.run.rt.config.Require(module)
	if err == nil {
		in.run.sources.remember(chunk, string(src))
	}
	return chunk, src, err
}
