package vm

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

func TestComparingLongTextsCanBeStopped(t *testing.T) {
	text := strings.Repeat("x", 4<<20)
	for _, operator := range []string{"<", "<=", ">", ">="} {
		m := newMachine(t, Options{})
		p, err := Compile("test", []byte(`local a, b = ... return a `+operator+` b`), CompileOptions{})
		if err != nil {
			t.Fatal(err)
		}
		args := []lua.LValue{lua.LString(text + "a"), lua.LString(text[:1] + text[1:] + "b")}
		stingy := NewBudget(BudgetOptions{Steps: 1000})
		if _, err := m.Call(CallOptions{Budget: stingy}, m.Load(p, nil), args...); !errors.Is(err, ErrSteps) {
			t.Errorf("%s with a budget of 1,000 steps: %v", operator, err)
		}
		generous := NewBudget(BudgetOptions{Steps: 1 << 20})
		values, err := m.Call(CallOptions{Budget: generous}, m.Load(p, nil), args...)
		if want := lua.LBool(operator[0] == '<'); err != nil || values[0] != want {
			t.Errorf("%s is %v, want %v (%v)", operator, values, want, err)
		}
	}
}

func TestTextsCompareByTheirBytes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	random := func() string {
		b := make([]byte, r.IntN(4))
		for i := range b {
			b[i] = "\x00aé\xff"[r.IntN(5)]
		}
		return string(b)
	}
	m := newMachine(t, Options{})
	p, err := Compile("test", []byte(`local a, b = ... return a < b, a <= b, a > b, a >= b`), CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for range 1000 {
		common := strings.Repeat("x", []int{0, 1, compareChunk - 1, compareChunk, compareChunk + 1}[r.IntN(5)])
		a, b := common+random(), common+random()
		values, err := m.Call(CallOptions{}, m.Load(p, nil), lua.LString(a), lua.LString(b))
		if got, want := fmt.Sprint(values), fmt.Sprint([]bool{a < b, a <= b, a > b, a >= b}); err != nil || got != want {
			t.Fatalf("%d common bytes, then %q and %q: %s, want %s (%v)", len(common), a[len(common):], b[len(common):], got, want, err)
		}
	}
}

// A state that is not of this package has the same process-wide table of instructions.
func TestOtherStatesCompareAsBefore(t *testing.T) {
	L := lua.NewState()
	defer L.Close()
	if err := L.DoString(`
local order = setmetatable({}, {__lt = function() return true end})
assert(1 < 2 and 2 <= 2 and not (2 < 2) and "a" < "b" and "b" >= "b" and order < order and not (order <= order))
assert(not pcall(function() return 1 < "2" end) and not pcall(function() return {} <= {} end))`); err != nil {
		t.Fatal(err)
	}
}
