package vm

import (
	"crypto/sha256"
	"maps"
	"sync"
	"sync/atomic"

	lua "github.com/yuin/gopher-lua"
)

// A Coverage counts how often the lines of chunks run: of those that State.Load
// and require load, not of code that load and loadstring make. The zero value is
// ready; one Coverage may serve many states at the same time.
type Coverage struct {
	mu     sync.RWMutex
	chunks []*Proto // each loading
	counts map[*lua.FunctionProto][]atomic.Int64
}

// A CoveredChunk is how often the lines of one chunk ran.
type CoveredChunk struct {
	Name  string
	Lines map[int]int64 // by number, from 1; those without code are absent
}

// Chunks are the chunks that were loaded, in the order in which they first were.
// What was loaded several times, from the same source, is one.
func (c *Coverage) Chunks() []CoveredChunk {
	c.mu.RLock()
	defer c.mu.RUnlock()
	type identity struct {
		name string
		hash [sha256.Size]byte
	}
	var list []CoveredChunk
	at := map[identity]int{}
	added := map[*Proto]bool{}
	for _, p := range c.chunks {
		id := identity{p.name, p.hash}
		i, ok := at[id]
		if !ok {
			i = len(list)
			at[id] = i
			list = append(list, CoveredChunk{Name: p.name, Lines: map[int]int64{}})
		}
		if !added[p] { // a Proto that was loaded twice has counted both
			added[p] = true
			ran, within := map[int]int64{}, map[int]int64{}
			c.lines(p.fn, ran, within)
			maps.Copy(ran, within)
			for line, n := range ran {
				list[i].Lines[line] += n
			}
		}
	}
	return list
}

// lines adds the lines of a function and of those inside it. A line ran as often
// as that of its instructions which ran most often. What makes or takes an inner
// function stands where that ends, and is put down to where it begins. What functions
// ran that have but one line is in within as well: such a line ran as often as they
// did, and not because they were made.
func (c *Coverage) lines(f *lua.FunctionProto, ran, within map[int]int64) {
	counts := c.counts[f]
	begin, end := 0, 0                      // of the inner function that was made last
	for pc := 0; pc < len(f.Code)-1; pc++ { // the last one is the return that every function ends with
		line := f.DbgSourcePositions[pc]
		n := counts[pc].Load()
		switch i := f.Code[pc]; opOf(i) {
		case lua.OP_CLOSURE:
			inner := f.FunctionPrototypes[int(i&0x3ffff)]
			begin, end = inner.LineDefined, line
			pc += int(inner.NumUpvalues) // operands
		case lua.OP_SETLIST: // stands where the table ends
			if argC(i) == 0 {
				pc++ // an operand
			}
			continue
		case lua.OP_TFORLOOP:
			pc++ // a jump that is its operand
		}
		if line == end {
			line = begin
		}
		ran[line] = max(ran[line], n)
		if f.LineDefined > 0 && f.LineDefined == f.LastLineDefined {
			within[line] = max(within[line], n)
		}
	}
	for _, inner := range f.FunctionPrototypes {
		c.lines(inner, ran, within)
	}
}

// add begins to count a chunk.
func (c *Coverage) add(p *Proto) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.counts == nil {
		c.counts = map[*lua.FunctionProto][]atomic.Int64{}
	}
	c.chunks = append(c.chunks, p)
	c.addFunction(p.fn)
}

func (c *Coverage) addFunction(f *lua.FunctionProto) {
	if c.counts[f] != nil {
		return
	}
	c.counts[f] = make([]atomic.Int64, len(f.Code))
	for _, inner := range f.FunctionPrototypes {
		c.addFunction(inner)
	}
}

// A countedThread is a Thread that counts instructions as they are polled for.
// It takes the Thread's place as the interpreter's context, so that a run without
// coverage pays nothing.
type countedThread struct {
	*Thread
	coverage *Coverage
	function *lua.FunctionProto // that ran last
	counts   []atomic.Int64     // its own; nil if it is not covered
}

func (t *countedThread) Done() <-chan struct{} {
	if frame := topFrame(t.L); frame != nil && frame.Fn.Proto != nil {
		if frame.Fn.Proto != t.function {
			t.function = frame.Fn.Proto
			t.coverage.mu.RLock()
			t.counts = t.coverage.counts[t.function]
			t.coverage.mu.RUnlock()
		}
		if t.counts != nil {
			t.counts[frame.Pc-1].Add(1)
		}
	}
	return t.Thread.Done()
}
