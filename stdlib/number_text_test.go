package stdlib

import "testing"

// Text stays text and a number a number, whatever they look like.
func TestYAMLTellsNumbersFromText(t *testing.T) {
	check(t, `
for _, v in ipairs{"1e3", "1E400", ".inf", "-.Inf", ".nan", "inf", "0x1F", "0b1", "1_000", "1.", "+1", ".5", "-.5e3", "1.0.0", "x", "",
		1e20, -2.5e300, 1.5e-10, 123456789.125, 2^60, 1/0, -1/0, 0.1, 7} do
	local back = yaml.decode(yaml.encode({v}))[1]
	assert(back == v, "read back", v, back)
end
assert(yaml.encode({a = 1e20, b = "1e3", c = 123456789.125}) == 'a: 1.0e+20\nb: "1e3"\nc: 123456789.125\n')`)
}

func TestTemplatesWriteWholeNumbersAsFractions(t *testing.T) {
	check(t, `assert(text.template('{{printf "%.2f %d %3d| %x %v %s" .n .n .n .n .n .s}}', {n = 30, s = "x"}) == "30.00 30  30| 1e 30 x")`)
}

func TestALongDurationIsNotNegative(t *testing.T) {
	check(t, `assert(not pcall(time.duration, 9223372036.8547759) and time.duration(9223372036) == 9223372036)`)
}

// A date without a zone is no moment.
func TestTOMLKeepsTimesWithoutAZone(t *testing.T) {
	check(t, `
local t = toml.decode("a = 1979-05-27\nb = 07:32:00.5\nc = [1979-05-27T07:32:00]\nd = 1979-05-27T07:32:00+01:00\n[[e]]\nf = 1979-05-28")
assert(t.a == "1979-05-27" and t.b == "07:32:00.5" and t.c[1] == "1979-05-27T07:32:00" and t.e[1].f == "1979-05-28", t)
assert(t.d == "1979-05-27T06:32:00Z", t.d)`)
}
