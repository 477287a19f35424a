package stdlib

import (
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

func TestList(t *testing.T) {
	check(t, `
local servers = {{id = 3, name = "c", os = "x"}, {id = 1, name = "a", os = "y"}, {id = 2, name = "b", os = "x"}}
assert(table.concat(list.pluck(servers, "name")) == "cab")
assert(table.concat(list.pluck(servers, function(s) return s.id * 2 end)) == "624")
assert(table.concat(list.pluck(list.sort_by(servers, "id"), "id")) == "123")
assert(table.concat(list.pluck(list.sort_by(servers, "id", {descending = true}), "id")) == "321")
assert(table.concat(list.pluck(list.sort_by(servers, "os"), "id")) == "321", "equal keys keep their order")
local groups = list.group_by(servers, "os")
assert(#groups.x == 2 and groups.x[2].name == "b" and #groups.y == 1)
assert(table.concat(list.keys(groups)) == "xy")
assert(list.group_by(servers, "id")[3][1].name == "c")
local found, at = list.find(servers, function(s) return s.name == "a" end)
assert(found == servers[2] and at == 2)
assert(list.find(servers, function() return false end) == nil)
assert(#list.filter(servers, function(s) return s.os == "x" end) == 2)
assert(list.map(servers, function(s) return s.id end)[3] == 2)
assert(#servers == 3 and servers[1].id == 3, "the list has changed")`)
	check(t, `assert(table.concat(list.pluck(list.sort_by({{k = "b"}, {k = 2}, {k = true}, {k = "a"}, {k = 1}, {k = false}}, "k"), function(x) return tostring(x.k) end), " ") == "false true 1 2 a b")`)
	check(t, `local a = {} assert(#list.unique({1, "1", a, a, {}, 1, true, true}) == 5)`)
	refused(t, `list.sort_by({{}}, "id")`, runtime.BadRequest, "the key of item 1 is a nil")
	refused(t, `local t = {} for i = 1, 1e4 do t[i] = {} end list.sort_by(t, "id")`, runtime.BadRequest, "the key of item 1 is a nil; keys are text, numbers or booleans (nor can 9999 other items be sorted by theirs)")
	refused(t, `list.group_by({{id = {}}}, "id")`, runtime.BadRequest, "the key of item 1 is a table")
	refused(t, `list.pluck({{}}, 5)`, runtime.Usage, "expected the name of a field or a function, got a number")
	refused(t, `list.map(5, print)`, runtime.Usage, "expected a list, got a number")
	for _, verb := range []string{"map", "filter", "find", "pluck", "group_by", "sort_by"} {
		refused(t, `list.`+verb+`({1}, function() error("mine", 0) end)`, runtime.Script, "mine")
	}
}

func TestEncodings(t *testing.T) {
	check(t, `for i = 0, 255 do local s = string.char(i, 255 - i) assert(base64.decode(base64.encode(s)) == s and hex.decode(hex.encode(s)) == s) end`)
	check(t, `assert(hash.sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")`)
	check(t, `assert(hash.sha1("abc") == "a9993e364706816aba3e25717850c26c9cd0d89d" and hash.md5("") == "d41d8cd98f00b204e9800998ecf8427e")`)
	check(t, `assert(hash.hmac_sha256("Jefe", "what do ya want for nothing?") == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")`) // RFC 4231, case 2
	check(t, `
local seen = {}
for i = 1, 100 do
  local id = uuid.v4()
  assert(id:match("^%x%x%x%x%x%x%x%x%-%x%x%x%x%-4%x%x%x%-[89ab]%x%x%x%-%x%x%x%x%x%x%x%x%x%x%x%x$"), id)
  assert(not seen[id])
  seen[id] = true
end`)
	refused(t, `base64.decode("?")`, runtime.BadRequest, "illegal base64 data")
	check(t, `
local bytes = {}
for i = 1, 7 * 256 do bytes[i] = string.char((i * i + i % 7) % 256) end
bytes = table.concat(bytes):rep(391)
local text = base64.encode(bytes)
for _, width in ipairs{4, 76, 77} do
  assert(base64.decode((text:gsub(("."):rep(width), "%0\r\n"))) == bytes)
end`)
	const long = `local s = ("aGkh"):rep(2e5) `
	refused(t, long+`base64.decode(s:sub(1, 700000) .. "?" .. s)`, runtime.BadRequest, "illegal base64 data at input byte 700000")
	refused(t, long+`base64.decode(s:sub(1, 262140) .. "aGk=" .. s)`, runtime.BadRequest, "illegal base64 data at input byte 262144")
	refused(t, long+`base64.decode(s .. "a")`, runtime.BadRequest, "illegal base64 data at input byte 800000")
	refused(t, `hex.decode("0g")`, runtime.BadRequest, `"g" at input byte 1 is no hexadecimal digit`)
}

func TestTOMLAndYAML(t *testing.T) {
	check(t, `
local t = toml.decode('title = "x"\nsince = 2030-01-02T03:04:05Z\n[[servers]]\nname = "a"\n[[servers]]\nname = "b"\nsize = 2.5')
assert(t.title == "x" and t.since == "2030-01-02T03:04:05Z" and #t.servers == 2 and t.servers[2].size == 2.5)
assert(toml.decode(toml.encode(t)).servers[1].name == "a")`)
	check(t, `
local y = yaml.decode("a: &x {n: 1}\nb: *x\nlist:\n- true\n- null\n- 1.5\n- text\n")
assert(y.b.n == 1 and y.list[1] == true and y.list[3] == 1.5 and y.list[4] == "text")
assert(yaml.encode({b = {1, 2}, a = "x"}) == "a: x\nb:\n- 1\n- 2\n", yaml.encode({b = {1, 2}, a = "x"}))`)
	check(t, `assert(toml.encode({n = 3, f = 1.5}) == "f = 1.5\nn = 3\n", toml.encode({n = 3, f = 1.5}))`)
	refused(t, `toml.decode("a = ")`, runtime.BadRequest, "toml.decode: line 1:")
	refused(t, `toml.encode({1, 2})`, runtime.BadRequest, "a table with names as keys")
	refused(t, `yaml.decode("a: [")`, runtime.BadRequest, "yaml.decode")
	refused(t, `yaml.decode("x: &x 1\nl: [" .. ("*x,"):rep(21) .. "]")`, runtime.BadRequest, "21 aliases, more than 20")
	refused(t, `yaml.decode("a: &x\n  - 1\n  - *x\n  - 3")`, runtime.BadRequest, "line 3: the alias *x stands within what it stands for")
	refused(t, `yaml.decode("a: &x {b: {c: *x}}")`, runtime.BadRequest, "line 1: the alias *x stands within")
	refused(t, `yaml.encode({f = print})`, runtime.Usage, "got a function at f")
}

// All languages take the same tables for lists: those of whose positions at least half are
// filled.
func TestListsWithGaps(t *testing.T) {
	for table, want := range map[string][2]string{
		`{1, nil, 3}`:           {`[1,null,3]`, "- 1\n- null\n- 3\n"},
		`{1, nil, 3, [10] = 4}`: {`{"1":1,"3":3,"10":4}`, "\"1\": 1\n\"10\": 4\n\"3\": 3\n"},
		`{[100000] = 1}`:        {`{"100000":1}`, "\"100000\": 1\n"},
	} {
		for i, call := range []string{`json.encode`, `yaml.encode`} {
			if out, err := run(t, `print(`+call+`(`+table+`))`); out != want[i]+"\n" {
				t.Errorf("%s(%s) is %.100q (%s)", call, table, out, rendered(err))
			}
		}
	}
	check(t, `local t = {a = 1} for i = 1, 60 do t = {t, name = i} end assert(#yaml.encode(t) > 60)`)
}
