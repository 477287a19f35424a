servers.create{nam = "web", flavor = 1}
servers.create{name = "web"}
servers.create("web", 1, {team = "x"}, {count = 2}, 5)
servers.create("web", {name = "again", flavor = 1})
servers.create{"web", flavor = 1}
servers.create()
servers.list(1)
servers.get(1):wait("ACTIVE", "10m", 3)
task.none{x = 1}
pcall(servers.get)
servers.get(1, 2, tostring(3))
servers.create("web", 1, {count = "three"})
