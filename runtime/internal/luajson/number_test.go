package luajson

import (
	"runtime"
	"strconv"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

func TestNumbersThatKeepTheirDigits(t *testing.T) {
	L, c := newCodec(t)
	L.SetGlobal("decode", L.NewFunction(func(L *lua.LState) int {
		v, err := c.Decode([]byte(L.CheckString(1)), DecodeOptions{})
		if err != nil {
			L.RaiseError("%v", err)
		}
		L.Push(v)
		return 1
	}))
	if err := L.DoString(`
local big, next = decode("12345678901234567890"), decode("12345678901234567891")
local less = decode("-12345678901234567890")
assert(type(decode("9007199254740992")) == "number" and type(decode("9007199254740993")) == "userdata")
assert(tostring(big) == "12345678901234567890" and "id " .. big == "id 12345678901234567890" and big .. 1 == "123456789012345678901")
assert(big == decode("12345678901234567890") and big ~= next, "the same digits are the same number")
assert(({[big] = "found"})[decode("12345678901234567890")] == "found", "they find what is stored under them")
assert(less < big and big < next and big <= big and not (next <= big) and less < decode("1e400"))
assert(big + 1 == 12345678901234567890 and 2 * big == 24691357802469135780 and "1" - big < 0 and -big < 0 and big % 10 == 0)
assert(big / big == 1 and decode("9007199254740993") ^ 1 == 9007199254740992)
assert(getmetatable(big) == "number", "the metatable is hidden")
for _, wrong in ipairs({function() return big .. {} end, function() return big + {} end, function() return big + "x" end,
    function() return big < 1 end, function() return big.x end}) do
  assert(not pcall(wrong))
end`); err != nil {
		t.Error(err)
	}
}

func TestNumbersThatNobodyHoldsAreLetGo(t *testing.T) {
	_, c := newCodec(t)
	for i := range 5000 {
		c.Number("1234567890123456789" + strconv.Itoa(1000+i))
		if i%1000 == 0 {
			runtime.GC()
		}
	}
	if len(c.numbers) > 4000 {
		t.Errorf("%d numbers are known", len(c.numbers))
	}
}

func TestForgottenNumbersAreCollected(t *testing.T) {
	_, c := newCodec(t)
	n := c.Number("12345678901234567890")
	c.Forget()
	if len(c.numbers) != 0 || c.Number("12345678901234567890") == n {
		t.Error("a number is still known")
	}
	runtime.KeepAlive(n)
}
