-- The tests of rollout.lua:
--
--     cloudscript test scripts/examples/testing
--
-- Each runs on empty simulated clouds of its own, in virtual time.

local rollout = require("rollout")

local function names()
  return list.pluck(servers.list(), "name")
end

test("servers come up", function(t)
  local fleet = rollout.up("web", 2)
  t.equal(names(), {"web1", "web2"})
  t.equal(servers.get(fleet[1]).status, "ACTIVE")
  rollout.down(fleet)
  t.equal(names(), {})
end)

test("a lost answer makes no server twice", function(t)
  sim.fault{verb = "servers.create", nth = 2, lost_reply = true}
  rollout.up("web", 3)
  t.equal(names(), {"web1", "web2", "web3"})
end)

test("a server that fails to build takes the others with it", function(t)
  sim.fault{verb = "servers.create", nth = 2, fail = true}
  t.error("failed", function() rollout.up("web", 3) end)
  t.equal(names(), {})
end)

test("a wait outlives broken connections", function(t)
  sim.fault{verb = "servers.wait", times = 2, reset = true}
  local fleet = rollout.up("web", 1)
  t.equal(servers.get(fleet[1]).status, "ACTIVE")
end)
