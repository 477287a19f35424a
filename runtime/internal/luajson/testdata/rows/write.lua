s.name = "db"
assert(s.name == "db" and s.status == "ACTIVE")
s.note = "new"
assert(s.note == "new")
s.status = nil
assert(s.status == nil)
s.metadata.team = "ops"
assert(s.metadata.team == "ops")
