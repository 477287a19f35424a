-- Servers that come up together or not at all. rollout_test.lua is its test.
local rollout = {}

-- Makes count servers and waits until they are up. One that fails to build is
-- removed, and so are the others; the error is raised again.
function rollout.up(name, count)
  local made = {}
  for i = 1, count do
    made[i] = servers.create{name = name .. i, image = "Debian 6 (Squeeze)", flavor = "512 server"}
  end
  local failed
  for _, server in ipairs(made) do
    local ok, err = pcall(server.wait, server, "ACTIVE")
    if not ok then failed = failed or err end
  end
  if failed then
    rollout.down(made)
    error(failed)
  end
  return made
end

-- Removes servers and waits until they are gone.
function rollout.down(fleet)
  for _, server in ipairs(fleet) do
    server:delete()
  end
  for _, server in ipairs(fleet) do
    server:wait("gone")
  end
end

return rollout
