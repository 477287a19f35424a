-- What people see.
show({{name = "web1", status = "ACTIVE"}, {name = "database", status = "BUILD"}})
show(machines.get(2))
show(machines)
show("text")
show(nil)
log.info("nobody listens", {a = 1})
print(machines.get(1), nil, true, 1.5, 1e100, "x")
