package vm

import "testing"

// Long results are copied piece by piece.
func TestLongConcatenations(t *testing.T) {
	out, err := newMachine(t, Options{}).run("long", `
		local s = "abcdefg"
		while #s < 3e6 do s = s .. s end
		local t = s .. 1 .. s .. "z"
		print(#s, #t, t:sub(1, #s) == s and t:sub(#s + 2, -2) == s, t:sub(#s - 1, #s + 3), t:sub(-3))`, CallOptions{})
	if want := "3670016\t7340034\ttrue\tfg1ab\tfgz\n"; out != want || err != nil {
		t.Errorf("%q, %v; want %q", out, err, want)
	}
}
