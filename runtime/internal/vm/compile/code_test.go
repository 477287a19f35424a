package compile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

func goFunction() *lua.LFunction {
	return &lua.LFunction{IsG: true, GFunction: func(*lua.LState) int { return 0 }}
}

func mustCompile(t *testing.T, src string) *lua.FunctionProto {
	t.Helper()
	p, err := Chunk("test", src, Options{Concat: goFunction(), Modulo: goFunction(), Record: goFunction()})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// verify checks what the interpreter trusts without looking: that registers,
// constants, upvalues, functions and jump targets exist.
func verify(t *testing.T, p *lua.FunctionProto) {
	t.Helper()
	if len(p.Code) != len(p.DbgSourcePositions) {
		t.Fatalf("%d instructions and %d lines", len(p.Code), len(p.DbgSourcePositions))
	}
	if opOf(p.Code[len(p.Code)-1]) != lua.OP_RETURN {
		t.Error("the code does not end with RETURN")
	}
	reg := func(pc, r int) {
		if r >= int(p.NumUsedRegisters) {
			t.Errorf("%s:%d pc %d: register %d of %d", p.SourceName, p.DbgSourcePositions[pc], pc, r, p.NumUsedRegisters)
		}
	}
	rk := func(pc, v int) {
		if !isK(v) {
			reg(pc, v)
		} else if v&^rkBit >= len(p.Constants) {
			t.Errorf("pc %d: constant %d of %d", pc, v&^rkBit, len(p.Constants))
		}
	}
	jump := func(pc int, i uint32) {
		if to := pc + 1 + sBx(i); to < 0 || to >= len(p.Code) {
			t.Errorf("pc %d: jump to %d of %d", pc, to, len(p.Code))
		}
	}
	for pc := 0; pc < len(p.Code); pc++ {
		i := p.Code[pc]
		a, b, c := argA(i), argB(i), argC(i)
		switch op := opOf(i); op {
		case lua.OP_JMP:
			jump(pc, i)
		case lua.OP_NOP, lua.OP_CLOSE:
		case lua.OP_LOADK, lua.OP_GETGLOBAL, lua.OP_SETGLOBAL:
			reg(pc, a)
			if argBx(i) >= len(p.Constants) {
				t.Errorf("pc %d: constant %d of %d", pc, argBx(i), len(p.Constants))
			}
		case lua.OP_MOVE, lua.OP_MOVEN, lua.OP_LOADNIL, lua.OP_UNM, lua.OP_NOT, lua.OP_LEN:
			reg(pc, a)
			reg(pc, b)
		case lua.OP_GETUPVAL, lua.OP_SETUPVAL:
			reg(pc, a)
			if b >= int(p.NumUpvalues) {
				t.Errorf("pc %d: upvalue %d of %d", pc, b, p.NumUpvalues)
			}
		case lua.OP_GETTABLE, lua.OP_GETTABLEKS, lua.OP_SELF:
			reg(pc, a)
			reg(pc, b)
			rk(pc, c)
		case lua.OP_SETTABLE, lua.OP_SETTABLEKS, lua.OP_ADD, lua.OP_SUB, lua.OP_MUL, lua.OP_DIV, lua.OP_POW:
			reg(pc, a)
			rk(pc, b)
			rk(pc, c)
		case lua.OP_EQ, lua.OP_LT, lua.OP_LE:
			rk(pc, b)
			rk(pc, c)
			if opOf(p.Code[pc+1]) != lua.OP_JMP {
				t.Errorf("pc %d: no jump after a comparison", pc)
			}
		case lua.OP_TEST, lua.OP_TESTSET:
			reg(pc, a)
			if opOf(p.Code[pc+1]) != lua.OP_JMP {
				t.Errorf("pc %d: no jump after a test", pc)
			}
		case lua.OP_CALL, lua.OP_TAILCALL, lua.OP_LOADBOOL, lua.OP_NEWTABLE, lua.OP_VARARG:
			reg(pc, a)
		case lua.OP_RETURN:
			if b > 1 {
				reg(pc, a+b-2)
			}
		case lua.OP_FORPREP, lua.OP_FORLOOP:
			reg(pc, a+3)
			jump(pc, i)
		case lua.OP_TFORLOOP:
			reg(pc, a+2+c)
			reg(pc, a+5)
		case lua.OP_SETLIST:
			reg(pc, a)
			if c == 0 {
				pc++
			}
		case lua.OP_CLOSURE:
			reg(pc, a)
			pc += int(p.FunctionPrototypes[argBx(i)].NumUpvalues)
		default:
			t.Errorf("pc %d: instruction %d is none that the compiler emits", pc, op)
		}
	}
	for _, f := range p.FunctionPrototypes {
		verify(t, f)
	}
}

func TestCodeIsSound(t *testing.T) {
	files, _ := filepath.Glob("../testdata/*/*.lua")
	if len(files) < 15 {
		t.Fatalf("only %d test programs", len(files))
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		verify(t, mustCompile(t, string(src)))
	}
}

// ops are the names of a function's instructions.
func ops(p *lua.FunctionProto) string {
	names := map[int]string{
		lua.OP_MOVE: "MOVE", lua.OP_MOVEN: "MOVEN", lua.OP_LOADK: "LOADK", lua.OP_LOADNIL: "LOADNIL", lua.OP_GETGLOBAL: "GETGLOBAL",
		lua.OP_ADD: "ADD", lua.OP_CLOSE: "CLOSE", lua.OP_NOP: "NOP", lua.OP_JMP: "JMP", lua.OP_RETURN: "RETURN", lua.OP_CALL: "CALL",
		lua.OP_TAILCALL: "TAILCALL", lua.OP_TEST: "TEST", lua.OP_TESTSET: "TESTSET", lua.OP_SETGLOBAL: "SETGLOBAL", lua.OP_CLOSURE: "CLOSURE",
		lua.OP_VARARG: "VARARG", lua.OP_NOT: "NOT", lua.OP_GETTABLE: "GETTABLE", lua.OP_GETTABLEKS: "GETTABLEKS", lua.OP_SETTABLEKS: "SETTABLEKS",
		lua.OP_GETUPVAL: "GETUPVAL", lua.OP_NEWTABLE: "NEWTABLE", lua.OP_SETLIST: "SETLIST", lua.OP_SELF: "SELF",
	}
	list := make([]string, len(p.Code))
	for i, inst := range p.Code {
		list[i] = names[opOf(inst)]
	}
	return strings.Join(list, " ")
}

func TestGeneratedCode(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"constants fold", "local x = 1 + 2 * 3", "LOADK RETURN"},
		{"a fresh frame has nils", "local a, b, c", "RETURN"},
		{"nils join", "f() local a local b local c", "GETGLOBAL CALL LOADNIL RETURN"},
		{"moves join", "local a, b = 1, 2 a, b = b, a", "LOADK LOADK MOVEN MOVE MOVE RETURN"},
		{"a value chosen by and/or", "local a, b local c = a and b", "TESTSET JMP MOVE RETURN"},
		{"not of a condition", "local a if not a then f() end", "TEST JMP GETGLOBAL CALL RETURN"},
		{"string keys", "local t t.x = t.y", "GETTABLEKS SETTABLEKS RETURN"},
		{"a row of concats is one call", "local a local b = a .. a .. a", "LOADK MOVEN MOVE MOVE CALL RETURN"},
		{"tail call", "return f(...)", "GETGLOBAL VARARG TAILCALL RETURN RETURN"},
		{"no tail call in parentheses", "return (f())", "GETGLOBAL CALL RETURN RETURN"},
		{"goto without locals", "::a:: f() goto a", "GETGLOBAL CALL NOP JMP RETURN"},
		{"goto out of a scope", "::a:: local x = 1 goto a", "LOADK CLOSE JMP RETURN"},
		{"break past a captured local", "while true do do local x g = function() return x end break end end",
			"LOADNIL CLOSURE MOVE SETGLOBAL CLOSE JMP CLOSE JMP RETURN"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := ops(mustCompile(t, test.src)); got != test.want {
				t.Errorf("%s\n got %s\nwant %s", test.src, got, test.want)
			}
		})
	}
}

func TestSessionLocals(t *testing.T) {
	p, err := Chunk("test", "local a, b = 1 local function f() return a end do local c = a end", Options{Session: true})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := ops(p), "LOADK LOADNIL SETGLOBAL SETGLOBAL CLOSURE SETGLOBAL GETGLOBAL RETURN"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestDebugInformation(t *testing.T) {
	p := mustCompile(t, "local a = 1\nlocal function f(x, ...)\n  local y = x\n  g.h(y)\n  a:m()\nend\n")
	f := p.FunctionPrototypes[0]
	if f.LineDefined != 2 || f.LastLineDefined != 6 || f.NumParameters != 1 || f.SourceName != "test" {
		t.Errorf("%+v", f)
	}
	var names, calls []string
	for _, l := range f.DbgLocals {
		names = append(names, l.Name)
	}
	for _, c := range f.DbgCalls {
		calls = append(calls, c.Name)
	}
	if strings.Join(names, " ") != "x arg y" || strings.Join(calls, " ") != "h m" || strings.Join(f.DbgUpvalues, " ") != "a" {
		t.Errorf("locals %v, calls %v, upvalues %v", names, calls, f.DbgUpvalues)
	}
	if f.DbgSourcePositions[f.DbgCalls[1].Pc] != 5 {
		t.Errorf("the second call is at line %d", f.DbgSourcePositions[f.DbgCalls[1].Pc])
	}
}

func TestConstructorsAskForLittleRoom(t *testing.T) {
	for src, want := range map[string][2]int{
		"x = {}": {0, 1}, "x = {1, 2}": {2, 0}, "x = {a = 1, b = 2}": {0, 2}, "x = {1, a = 2}": {1, 1}, "x = {f()}": {0, 1}, "x = {1, f()}": {1, 0},
	} {
		for _, i := range mustCompile(t, src).Code {
			if opOf(i) == lua.OP_NEWTABLE && [2]int{argB(i), argC(i)} != want {
				t.Errorf("%s makes room for %d items and %d fields, want %d", src, argB(i), argC(i), want)
			}
		}
	}
}
