-- print and tostring write the lists that verbs made as show does.
local all = machines.list()
print(all)
print(tostring(all) == tostring(all), list.pluck(all, "name"))
print(list.filter(all, function(m) return m.name == "web2" end))
print(list.filter(all, function() return false end))
show(json.decode("[]"))
print({}, {all[1]})
all[#all + 1] = {id = 3, name = "web3"}
print(all)
print(select(2, pcall(setmetatable, all, {})))
print(getmetatable(all))
