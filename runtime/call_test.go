package runtime

import "testing"

func TestArgumentsByPositionAndByName(t *testing.T) {
	rt := newCloud(t)
	prints(t, rt, `print(servers.reboot(7))`, "7 SOFT\n")
	prints(t, rt, `print(servers.reboot(7, "hard"))`, "7 HARD\n")
	prints(t, rt, `print(servers.reboot{id = 7, type = "HARD"})`, "7 HARD\n")
	prints(t, rt, `print(servers.reboot(7, {type = "HARD"}))`, "7 HARD\n")
	prints(t, rt, `print(servers.reboot(7, nil))`, "7 SOFT\n")
	prints(t, rt, `print(servers.reboot(7, nil, nil))`, "7 SOFT\n")
	prints(t, rt, `print(#servers.list{})`, "2\n")
	prints(t, rt, `print(#servers.list())`, "2\n")
	prints(t, rt, `print(servers.create("web1", 112, {flavor = 1}).name)`, "web1\n")
	// The fourth parameter takes a table; these are names, then its value.
	prints(t, rt, `print(servers.create("web1", 112, 1, {password = "x"}).name)`, "web1\n")
	prints(t, rt, `print(servers.create("web1", 112, 1, {role = "db", name = "x"}).name)`, "web1\n")
}

func TestArgumentsOfEveryType(t *testing.T) {
	rt := newCloud(t)
	for source, want := range map[string]string{
		`try.echo{any = "x"}`:                          `any="x"`,
		`try.echo{any = {1, {a = true}}}`:              `any=[]interface {}{1, map[string]interface {}{"a":true}}`,
		`try.echo{any = {}}`:                           `any=map[string]interface {}{}`,
		`try.echo{number = 1.5}`:                       `number=1.5`,
		`try.echo{int = -3}`:                           `int=-3`,
		`try.echo{int = 2^53}`:                         `int=9007199254740992`,
		`try.echo{bool = false}`:                       `bool=false`,
		`try.echo{duration = 1.5}`:                     `duration=1500000000`,
		`try.echo{duration = "1h30m"}`:                 `duration=5400000000000`,
		`try.echo{id = 12345678}`:                      `id="12345678"`,
		`try.echo{id = "a-b"}`:                         `id="a-b"`,
		`try.echo{id = servers.get(9)}`:                `id="9"`,
		`try.echo{id = {id = 9, name = "x"}}`:          `id="9"`,
		`try.echo{table = {a = 1, [5] = 2}}`:           `table=map[string]interface {}{"5":2, "a":1}`,
		`try.echo{table = {}}`:                         `table=map[string]interface {}{}`,
		`try.echo{table = {list = {1, 2, x = 3}}}`:     `table=map[string]interface {}{"list":map[string]interface {}{"1":1, "2":2, "x":3}}`,
		`try.echo{list = {1, "a"}}`:                    `list=[]interface {}{1, "a"}`,
		`try.echo{list = {}}`:                          `list=[]interface {}{}`,
		`try.echo{strings = {a = "x", b = 2, c = .5}}`: `strings=map[string]string{"a":"x", "b":"2", "c":"0.5"}`,
		`try.echo{table = servers.get(3).addresses}`:   `table=map[string]interface {}{"public":[]interface {}{"192.0.2.1"}}`,
		`try.echo{any = try.null}`:                     ``,
	} {
		prints(t, rt, "print("+source+")", want+"\n")
	}
}

func TestAnObjectIsAValueAndNotParametersByName(t *testing.T) {
	rt := newCloud(t)
	prints(t, rt, `print(servers.reboot(servers.get(5)))`, "5 SOFT\n")
	prints(t, rt, `local s = servers.get(5) s.type = "HARD" print(servers.reboot(s))`, "5 SOFT\n")
	e := fails(t, rt, `servers.create(servers.get(5), 1, 2)`)
	if want := `servers.create: parameter "name": expected a string, got a table`; e.text() != want {
		t.Errorf("got  %s\nwant %s", e.text(), want)
	}
}

func TestMethodsAreTheVerbs(t *testing.T) {
	rt := newCloud(t)
	prints(t, rt, `print(servers.get(5):reboot("HARD"))`, "5 HARD\n")
	prints(t, rt, `print(servers.list()[2]:reboot{type = "HARD"})`, "2 HARD\n")
	prints(t, rt, `local s = servers.get(5) s.note = "x" print(s:reboot(), s.note)`, "5 SOFT\tx\n")
	prints(t, rt, `print(servers.get(5).reboot == servers.reboot)`, "true\n")
}

func TestObjectsArePlainTables(t *testing.T) {
	rt := newCloud(t)
	prints(t, rt, `print(type(servers.get(5)), servers.get(5).id, servers.get(5).adminPass)`, "table\t5\thunter2\n")
	prints(t, rt, `for k in pairs(servers.get(5)) do print(k) end`, "id\nname\nstatus\nadminPass\naddresses\n")
	prints(t, rt, `print(servers.get(5).progress, servers.get(5).hostId)`, "nil\tnil\n")
	prints(t, rt, `
local list = servers.list(3)
table.sort(list, function(a, b) return a.id > b.id end)
for i, s in ipairs(list) do print(i, s.name, rawget(s, "id")) end
print(#list)`, "1\tweb3\t3\n2\tweb2\t2\n3\tweb1\t1\n3\n")
	prints(t, rt, `print(getmetatable(servers.get(1)))`, "server\n")
}

func TestSecretFieldsAreNotInTheTextOfAnObject(t *testing.T) {
	rt := newCloud(t)
	out, err := script(t, rt, `print(tostring(servers.get(5)), servers.list()[2]) local s = servers.get(3) s.name = nil print(s)`)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "object-text.txt", out)
}

func TestModules(t *testing.T) {
	rt := newCloud(t)
	prints(t, rt, `print(try.answer, try.words[2], tostring(try.null), type(servers))`, "42\tb\tnull\ttable\n")
	prints(t, rt, `local names = {} for k in pairs(try) do names[#names + 1] = k end print(#names > 5)`, "true\n")
	prints(t, rt, `print(pcall(function() servers.list = nil end))`, "false\ttest.lua:1: the table 'servers' is read-only: it cannot be given a field 'list'\n")
	prints(t, rt, `print(pcall(rawset, servers, "list", 1))`, "false\tthe table 'servers' is read-only\n")
	prints(t, rt, `local servers = {list = function() return "mine" end} print(servers.list())`, "mine\n")
	prints(t, rt, `print(undefined_global)`, "nil\n")
}

func TestErrorsAreTablesWithTheDocumentedFields(t *testing.T) {
	rt := newCloud(t)
	prints(t, rt, `
local ok, e = pcall(servers.create, "full", 1, 2)
print(ok, type(e), e.kind, e.message, e.verb, e.status, e.retry_after, e.request_id, e.details, e.hint)
print(e)
print(getmetatable(e))`, `false	table	over_limit	the account's limit is reached	servers.create	413	90	req-1	Too many requests	wait, or ask for a higher limit
servers.create: the account's limit is reached
error
`)
	prints(t, rt, `local ok, e = pcall(servers.get, 404) print(e.kind, e.status, e.retry_after)`, "not_found\t404\tnil\n")
	prints(t, rt, `print(select(2, xpcall(function() servers.get(404) end, function(e) return "handled " .. e.kind end)))`, "handled not_found\n")
	prints(t, rt, `local ok, e = pcall(function() local ok, e = pcall(servers.get, 404) error(e) end) print(e.kind)`, "not_found\n")
}

func TestCallbacks(t *testing.T) {
	rt := newCloud(t)
	prints(t, rt, `print(try.apply(function(x) return x, 2 end, "a"))`, "a\t2\n")
	prints(t, rt, `local t = {} print(try.apply(function(x) return x == t end, t))`, "true\n")
	prints(t, rt, `print(pcall(try.apply, function() error("plain", 0) end))`, "false\tplain\n")
	prints(t, rt, `print(pcall(try.apply, function() error({1}) end))`, "false\ttable: 0x00000001\n")
	prints(t, rt, `
local n = 0
local function bump() n = n + 1 end
pcall(try.apply, function() bump() error("x") end)
bump()
print(n)`, "2\n")
}

func TestValuesOfTheHost(t *testing.T) {
	type inventory struct{ Region string }
	rt := newCloud(t, func(c *Config) {
		c.Values = map[string]any{"inventory": &inventory{Region: "us"}, "double": func(n int) int { return 2 * n }, "tags": map[string]string{"env": "prod"}}
	})
	prints(t, rt, `print(inventory.Region, double(21), tags.env)`, "us\t42\tprod\n")
}

// A name that nobody wrote is not looked for, nor told.
func TestRequireRefusesALongName(t *testing.T) {
	rt := newCloud(t, func(c *Config) {
		c.Require = func(string) (string, []byte, error) { panic("it was looked for") }
	})
	if e := fails(t, rt, `require(("x"):rep(1e6))`); e.Message != "a module's name has at most 1000 bytes, and this one has 1000000" {
		t.Errorf("ended with %.200s", e.Message)
	}
}
