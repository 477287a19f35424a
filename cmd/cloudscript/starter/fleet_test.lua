-- Run by: cloudscript test
-- Each test has simulated clouds of its own and virtual time, so it needs no
-- account, costs nothing and is over at once.

local group = require("group")

local options = {image = "Debian 6 (Squeeze)", flavor = "512 server", wait = "15m"}

test("servers come up together", function(t)
  local fleet = group.up({"web1", "web2"}, options)
  t.equal(list.pluck(fleet, "name"), {"web1", "web2"})
  t.equal(list.pluck(fleet, "status"), {"ACTIVE", "ACTIVE"})
end)

test("a lost answer makes no server twice", function(t)
  sim.fault{verb = "servers.create", nth = 2, lost_reply = true}
  group.up({"web1", "web2"}, options)
  t.equal(#servers.list(), 2)
end)

test("the script removes what it made if it is told to", function(t)
  t.script("fleet", {remove = true})
  t.equal(sim.count("servers.create"), 2)
  t.equal(#servers.list(), 0)
end)
