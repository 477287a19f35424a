package compile

import (
	"fmt"
	"reflect"
	"unsafe"

	lua "github.com/yuin/gopher-lua"
)

// finish makes the FunctionProto of a compiled function.
func (f *function) finish() *lua.FunctionProto {
	f.joinMoves()
	proto := &lua.FunctionProto{
		SourceName:         f.p.name,
		LineDefined:        f.line,
		LastLineDefined:    f.lastLine,
		NumUpvalues:        uint8(len(f.upvalues)),
		NumParameters:      uint8(f.params),
		IsVarArg:           f.varargs,
		NumUsedRegisters:   uint8(f.stackSize),
		Code:               f.code,
		Constants:          f.constants,
		FunctionPrototypes: f.functions,
		DbgSourcePositions: f.lines,
		DbgLocals:          f.debug,
		DbgCalls:           f.calls,
		DbgUpvalues:        make([]string, len(f.upvalues)),
	}
	for i, u := range f.upvalues {
		proto.DbgUpvalues[i] = u.name
	}
	names := make([]string, len(f.constants))
	for i, c := range f.constants {
		if s, ok := c.(lua.LString); ok {
			names[i] = string(s)
		}
	}
	setStringConstants(proto, names)
	return proto
}

// joinMoves lets one instruction do a row of moves: gopher-lua's MOVEN runs the
// C moves that follow it. Jumps may still arrive at any of them.
func (f *function) joinMoves() {
	for pc := 0; pc < len(f.code); pc++ {
		switch i := f.code[pc]; opOf(i) {
		case lua.OP_CLOSURE:
			pc += int(f.functions[argBx(i)].NumUpvalues) // operands, not moves
		case lua.OP_SETLIST:
			if argC(i) == 0 {
				pc++
			}
		case lua.OP_MOVE:
			n := 1
			for pc+n < len(f.code) && opOf(f.code[pc+n]) == lua.OP_MOVE && n < maxC {
				n++
			}
			if n > 1 {
				setOp(&f.code[pc], lua.OP_MOVEN)
				setC(&f.code[pc], n-1)
			}
			pc += n - 1
		}
	}
}

// stringsOffset is where FunctionProto keeps its constants once more as Go
// strings, for the instructions that take a name. gopher-lua does not export it.
var stringsOffset = func() uintptr {
	field, _ := stringsField()
	return field.Offset
}()

func stringsField() (reflect.StructField, bool) {
	return reflect.TypeFor[lua.FunctionProto]().FieldByName("stringConstants")
}

func setStringConstants(proto *lua.FunctionProto, names []string) {
	*(*[]string)(unsafe.Add(unsafe.Pointer(proto), stringsOffset)) = names
}

// CheckLayout reports a gopher-lua whose FunctionProto is not as this package
// expects. It has to be called once before Chunk.
func CheckLayout() error {
	field, ok := stringsField()
	if !ok || field.Type != reflect.TypeFor[[]string]() {
		return fmt.Errorf("compile: this gopher-lua has no FunctionProto.stringConstants of type []string")
	}
	if lua.FieldsPerFlush != perFlush || !lua.CompatVarArg {
		return fmt.Errorf("compile: gopher-lua's FieldsPerFlush or CompatVarArg was changed")
	}
	return nil
}
