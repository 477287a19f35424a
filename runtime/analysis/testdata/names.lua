local greeting = "hi"
print(greting, inventory)
pritn(greeting)
servers.creat{name = "x"}
servers.launch()
local r = reboot(1)
print(string.fromat("%d", 1), r)
local server = servers.get(1)
print(server.stats, server.unheard_of, server.id)
server:rebot()
server:fly()
for _, s in ipairs(servers.list()) do
  print(s.nmae)
end
print(servers.list()[1].nmae)
