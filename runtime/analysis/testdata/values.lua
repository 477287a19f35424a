servers.create{name = 5, flavor = true, count = 1.5, public = "yes"}
servers.create{name = "web", flavor = "", metadata = {"a"}, count = -2}
servers.reboot(1, "HRAD")
servers.reboot(1, "cold")
servers.wait(1, "ACTIVE", "ten minutes")
servers.wait(1, {timeout = {}})
task.spawn(5)
task.all{list = {name = 1}}
login(not true)
servers.create{name = "the name of a server that is longer than forty characters", flavor = function() end, public = "the name of a server that is longer than forty characters"}
servers.get{id = {name = "x"}}
task.tag(function() end)
