-- An object is a table that happens to have methods.
local m = machines.get(1)
assert(type(m) == "table")
assert(m.id == 1, "an id in quotes is a number all the same")
assert(m.name == "web1" and m.tags.env == "prod" and m.ports[2] == 443)
assert(tostring(m.big) == "12345678901234567890", "a number that Lua cannot hold keeps its digits")
assert(m.none == nil and m.owner == nil, "absent and null are nil")
assert(m.undeclared == nil, "so is a field that nobody declared")
assert(m.tags == m.tags, "nested tables keep their identity")

-- Methods are verbs whose first argument is filled in.
assert(m:rename("db1") == "1=db1")
assert(m:rename{name = "db2"} == "1=db2")
assert(machines.rename(m, "db3") == "1=db3")
assert(machines.rename(2, "db4") == "2=db4")
assert(m.rename == machines.rename)

-- Slips are told, with what was probably meant.
local ok, e = pcall(function() return m.nmae end)
assert(not ok and e.kind == "usage" and e.message == 'a machine has no field or method "nmae"')
assert(e.hint == "did you mean machine.name?")
local ok, e = pcall(function() return m:renam("x") end)
assert(not ok and e.hint == "did you mean machine:rename()?")

-- A script may write to its objects; methods and slips stay.
m.note = "mine"
m.name = nil
assert(m.note == "mine" and m.name == nil and rawget(m, "id") == 1)
assert(m:rename("x") == "1=x")

-- pairs gives the fields in the order of the answer.
local names = {}
for name in pairs(machines.get(1)) do names[#names + 1] = name end
assert(table.concat(names, " ") == "id name tags ports big", table.concat(names, " "))

-- Lists are plain sequences.
local all = machines.list()
assert(#all == 2 and all[2].name == "web2")
table.sort(all, function(a, b) return a.id > b.id end)
assert(all[1].id == 2)
table.insert(all, machines.get(1))
assert(#all == 3 and table.remove(all).id == 1)
assert(json.decode(json.encode(machines.get(2))).name == "web2")
assert(json.encode(machines.get(1).tags.empty) == "[]", "an empty list of an answer stays a list")

-- tostring names an object and shows none of its fields but the name.
assert(tostring(machines.get(2)) == 'machine 2 "web2"')
assert(tostring(all[1]) == 'machine 2 "web2"')
