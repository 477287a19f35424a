package lualib

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

func TestSortIsStable(t *testing.T) {
	expect(t, printed(t, newTestHost(), `
		local t = {}
		for i = 1, 500 do t[i] = {key = i % 7, at = i} end
		table.sort(t, function(a, b) return a.key < b.key end)
		for i = 2, #t do
			local a, b = t[i - 1], t[i]
			assert(a.key < b.key or a.key == b.key and a.at < b.at, i)
		end
		print(#t)`), "500\n")
}

func TestSortSurvivesBadOrderFunctions(t *testing.T) {
	for _, order := range []string{
		`function() return true end`,
		`function() return false end`,
		`function() return nil end`,
		`function() return math.random() < 0.5 end`,
		`function(a, b) t[1] = nil return a < b end`,
		`function(a, b) table.remove(t) return a < b end`,
		`function(a, b) t[#t + 1] = 0 return a < b end`,
		`function(a, b) return a <= b end`,
	} {
		out := printed(t, newTestHost(), `
			t = {}
			for i = 1, 100 do t[i] = (i * 37) % 101 end
			table.sort(t, `+order+`)
			local sum = 0
			for i = 1, 100 do sum = sum + t[i] end
			print(sum)`)
		if out != "5050\n" && out != "5020\n" {
			t.Errorf("%s: elements got lost: sum %s", order, out)
		}
	}
}

func TestSortKeepsTheTableWhenTheOrderFunctionFails(t *testing.T) {
	expect(t, printed(t, newTestHost(), `
		local t, n = {3, 1, 2, 5, 4}, 0
		print(pcall(table.sort, t, function(a, b) n = n + 1 if n > 3 then error("enough", 0) end return a < b end))
		print(unpack(t))`), "false\tenough\n3\t1\t2\t5\t4\n")
}

func TestMergeSort(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 200 {
		values := make([]int, n*n/40)
		for i := range values {
			values[i] = random.IntN(50)<<16 | i
		}
		want := slices.Clone(values)
		slices.Sort(want)
		steps := 0
		mergeSort(values, func(a, b int) bool { return a>>16 < b>>16 }, func(n int) { steps += n })
		if !slices.Equal(values, want) {
			t.Fatalf("%d values are not sorted stably", len(values))
		}
		if len(values) > 1 && steps < len(values)/2 {
			t.Errorf("%d values were sorted in %d steps", len(values), steps)
		}
	}
}

func TestInsertAndRemoveInTheMiddle(t *testing.T) {
	expect(t, printed(t, newTestHost(), `
		local t = {}
		for i = 1, 10 do table.insert(t, (i % 3 == 0) and 1 or #t + 1, i) end
		print(table.concat(t, ","))
		print(table.remove(t, 1), table.remove(t, 5), table.remove(t), table.concat(t, ","))
		local holes = {1, 2, 3}
		table.insert(holes, 2, nil)
		print(#holes, holes[1], holes[2], holes[3], holes[4])
		holes[4] = nil
		table.insert(holes, 2, "x")
		print(#holes, unpack(holes, 1, 4))`),
		"9,6,3,1,2,4,5,7,8,10\n9\t4\t10\t6,3,1,2,5,7,8\n4\t1\tnil\t2\t3\n4\t1\tx\tnil\t2\n")
}

func TestArraysHaveALimit(t *testing.T) {
	host := newTestHost()
	L := newState(t, host)
	full := L.CreateTable(0, 0)
	full.RawSetInt(1, lua.LTrue)
	old := lua.MaxArrayIndex
	lua.MaxArrayIndex = 5
	defer func() { lua.MaxArrayIndex = old }()
	L.SetGlobal("t", full)
	err := scriptError(L.DoString(`for i = 1, 10 do table.insert(t, i) end`))
	if err == nil || err.Error() != "<string>:1: a table can have at most 4 array elements" {
		t.Errorf("got %v", err)
	}
	if full.Len() != 4 {
		t.Errorf("%d elements", full.Len())
	}
}

func TestSortStrings(t *testing.T) {
	L := newState(t, newTestHost())
	random := rand.New(rand.NewPCG(3, 4))
	for name, draw := range map[string]func() string{
		"short":   func() string { return strings.Repeat("a", random.IntN(3)) + strings.Repeat("\x00", random.IntN(3)) },
		"common":  func() string { return fmt.Sprint("server-", random.IntN(1e9)) },
		"alike":   func() string { return strings.Repeat("x", 100) + fmt.Sprint(random.IntN(50)) },
		"equal":   func() string { return "same" },
		"similar": func() string { return fmt.Sprint("prefix", random.IntN(3), "middle", random.IntN(1000)) },
		"bytes":   func() string { return string([]byte{byte(random.IntN(256)), byte(random.IntN(256))}) },
	} {
		for _, n := range []int{2, 100, 3000} {
			table := &lua.LTable{Metatable: lua.LNil}
			want := make([]string, n)
			for i := range want {
				want[i] = draw()
				table.RawSetInt(i+1, lua.LString(want[i]))
			}
			slices.Sort(want)
			if !instanceOf(L).sortStrings(L, table, n, func(int) {}) {
				t.Fatalf("%s: not sorted", name)
			}
			for i, s := range want {
				if got := table.RawGetInt(i + 1); got != lua.LString(s) {
					t.Fatalf("%s, %d texts: %q stands where %q belongs", name, n, got, s)
				}
			}
		}
	}
}

func TestSortOfManyNumbersAndStrings(t *testing.T) {
	expect(t, printed(t, newTestHost(), `
		local numbers, strings = {}, {}
		for i = 1, 10000 do
			numbers[i] = math.random() * 2000 - 1000
			strings[i] = tostring(math.random(5000))
		end
		numbers[5], numbers[50], numbers[500], numbers[5000] = 1/0, -1/0, 0, -1e-300
		table.sort(numbers)
		table.sort(strings)
		for i = 2, 10000 do
			assert(numbers[i - 1] <= numbers[i] and strings[i - 1] <= strings[i], i)
		end
		print(numbers[1], numbers[10000], #numbers, #strings)`),
		"-inf\tinf\t10000\t10000\n")
}

func TestNumberKeysKeepTheOrder(t *testing.T) {
	ordered := []float64{math.Inf(-1), -1e300, -1, -5e-324, 0, 5e-324, 0.5, 1, 2, 1e300, math.Inf(1)}
	for i, f := range ordered[1:] {
		if before, key := numberKey(ordered[i]), numberKey(f); before >= key {
			t.Errorf("the key of %g is not greater than that of %g", f, ordered[i])
		}
	}
}

func TestRadixSort(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	drawn := 0
	for _, size := range []int{0, 1, 2, 128, 129, 1000, 5000} {
		for _, draw := range []func() float64{
			func() float64 { return float64(random.IntN(100)) },
			func() float64 { return random.NormFloat64() * 1e300 },
			func() float64 { return -1 },
			func() float64 { // one among others that are alike
				if drawn++; drawn%130 == 50 {
					return -8
				}
				return 7
			},
		} {
			numbers := make([]keyed, size)
			want := make([]float64, size)
			for i := range numbers {
				want[i] = draw()
				numbers[i] = keyed{numberKey(want[i]), lua.LNumber(want[i])}
			}
			slices.Sort(want)
			steps := 0
			for i, n := range radixSort(numbers, func(n int) { steps += n }) {
				if n.value != lua.LNumber(want[i]) {
					t.Fatalf("%d numbers: %v stands where %g belongs", size, n.value, want[i])
				}
			}
			if size > 1 && steps < size/2 {
				t.Errorf("%d numbers were sorted in %d steps", size, steps)
			}
		}
	}
}
