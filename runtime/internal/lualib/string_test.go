package lualib

import (
	"strings"
	"testing"
	"unsafe"

	lua "github.com/yuin/gopher-lua"
)

func TestGsubCallbacksMayMatch(t *testing.T) {
	expect(t, printed(t, newTestHost(), `
		local function double(s) return (s:gsub("%d", function(d) return tostring(d * 2):gsub("%d", "[%0]") end)) end
		print((("a1 b23 c7"):gsub("%w+", function(w)
			for letter in w:gmatch("%a") do w = letter .. double(w:match("%d+")) end
			return w
		end)))`), "a[2] b[4][6] c[1][4]\n")
}

func TestErrorsInCallbacksLeaveTheLibraryUsable(t *testing.T) {
	expect(t, printed(t, newTestHost(), `
		for i = 1, 3 do
			print(pcall(string.gsub, "abc", "%w", function(c) if c == "b" then error("no b", 0) end return c .. c end))
			print((("abc"):gsub("%w", "%0%0")))
		end`), strings.Repeat("false\tno b\naabbcc\n", 3))
}

func TestIteratorsAreIndependent(t *testing.T) {
	expect(t, printed(t, newTestHost(), `
		local a, b = ("1 2 3"):gmatch("%d"), ("x y"):gmatch("%a")
		print(a(), b(), a(), b(), a(), b(), a(), b())`), "1\tx\t2\ty\t3\tnil\tnil\n")
}

func TestManyPatternsInOneRun(t *testing.T) {
	expect(t, printed(t, newTestHost(), `
		local hits = 0
		for round = 1, 2 do
			for i = 1, 300 do
				if ("value 123 and 77"):find("^%a+ " .. i) then hits = hits + 1 end
				if ("x" .. i):match("x(%d+)$") == tostring(i) then hits = hits + 1 end
			end
		end
		print(hits)`), "606\n") // 1, 12 and 123 begin the number
}

func TestRep(t *testing.T) {
	for _, tt := range []struct {
		s    string
		n    int
		sep  string
		want string
	}{
		{"ab", 3, "", "ababab"},
		{"ab", 3, "-", "ab-ab-ab"},
		{"", 3, "-", "--"},
		{"x", 1, "-", "x"},
		{"x", 0, "-", ""},
		{"x", 3 << 20, "", strings.Repeat("x", 3<<20)},
		{"abc", 1 << 20, "/", strings.TrimSuffix(strings.Repeat("abc/", 1<<20), "/")},
	} {
		L := newState(t, newTestHost())
		L.SetGlobal("s", lua.LString(tt.s))
		L.SetGlobal("n", lua.LNumber(tt.n))
		L.SetGlobal("sep", lua.LString(tt.sep))
		if err := L.DoString(`result = s:rep(n, sep)`); err != nil {
			t.Fatal(err)
		}
		if got := L.GetGlobal("result").String(); got != tt.want {
			t.Errorf("%q times %d: %d bytes, want %d", tt.s, tt.n, len(got), len(tt.want))
		}
	}
}

// TestLongStringsAreProcessedInPieces crosses the chunks between two charges.
func TestLongStringsAreProcessedInPieces(t *testing.T) {
	host := newTestHost()
	L := newState(t, host)
	text := strings.Repeat("aB\n", copyChunk)
	L.SetGlobal("text", lua.LString(text))
	for script, want := range map[string]string{
		`text:upper()`:                strings.ToUpper(text),
		`text:lower()`:                strings.ToLower(text),
		`text:reverse()`:              strings.Repeat("\nBa", copyChunk),
		`("%s"):format(text)`:         text,
		`("%q"):format(text)`:         `"` + strings.ReplaceAll(text, "\n", "\\\n") + `"`,
		`(text:gsub("B", ""))`:        strings.ReplaceAll(text, "B", ""),
		`table.concat({text, text})`:  text + text,
		`(text:gsub("^.*$", "<%0>"))`: "<" + text + ">",
	} {
		if err := L.DoString(`result = ` + script); err != nil {
			t.Fatal(err)
		}
		if got := L.GetGlobal("result").String(); got != want {
			t.Errorf("%s is wrong: %d bytes, want %d", script, len(got), len(want))
		}
	}
	if host.charged < 4*copyChunk/bytesPerUnit {
		t.Errorf("only %d units were charged", host.charged)
	}
}

func TestShortPiecesDoNotKeepLongTexts(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	inside := func(piece lua.LValue) bool {
		at := uintptr(unsafe.Pointer(unsafe.StringData(string(piece.(lua.LString)))))
		start := uintptr(unsafe.Pointer(unsafe.StringData(long)))
		return at >= start && at < start+uintptr(len(long))
	}
	if inside(substring(long, 10, 20)) {
		t.Error("ten bytes keep a megabyte")
	}
	if !inside(substring(long, 0, 1<<19)) {
		t.Error("half a megabyte was copied")
	}
}

// TestBuffersAreReused holds the cost of calls in allocations: the value on the
// stack, and its text.
func TestBuffersAreReused(t *testing.T) {
	for _, tt := range []struct {
		script string
		most   float64
	}{
		{`return function() return ("%d items of %s"):format(12, "web") end`, 2},
		{`return function() return ("a,b,c"):find(",b", 1, true) end`, 0},
		{`return function() return ("a,b,c"):find("%a$") end`, 0},
		{`return function() return ("key = value"):match("(%w+) = (%w+)") end`, 2},
		{`local t = {"one", "two"} return function() return table.concat(t, ", ") end`, 2},
		{`return function() return math.floor(3.7), math.max(1, 2) end`, 0},
	} {
		L := newState(t, newTestHost())
		if err := L.DoString(tt.script); err != nil {
			t.Fatal(err)
		}
		fn := L.Get(-1)
		got := testing.AllocsPerRun(100, func() {
			L.Push(fn)
			L.Call(0, 0)
		})
		if got > tt.most {
			t.Errorf("%s\n\tallocates %g times, want %g", tt.script, got, tt.most)
		}
	}
}
