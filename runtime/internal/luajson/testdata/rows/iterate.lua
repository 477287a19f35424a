local names = {}
for k, v in pairs(s) do
  names[#names + 1] = k
end
assert(table.concat(names, " ") == "id name status imageId progress addresses metadata extra", table.concat(names, " "))
assert(next(s) == "id" and rawget(s, "name") == "web")
local list = {s, {name = "alpha"}}
table.sort(list, function(a, b) return a.name < b.name end)
assert(list[1].name == "alpha" and list[2] == s)
