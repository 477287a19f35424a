#!/usr/bin/env cloudscript
-- Errors are values with a kind, a message and a hint; what is worth another try
-- is tried again.
--
--     cloudscript run --sim scripts/examples/errors.lua

-- pcall stands around any verb.
local ok, err = pcall(vm.info, "5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11")
print(ok, err.kind, tostring(err))

-- retry waits between the attempts; under --sim that takes no time.
local attempts = 0
local answer = retry(function()
  attempts = attempts + 1
  if attempts < 3 then
    error({kind = "unavailable", message = "not yet"})
  end
  return "there at last"
end, {times = 5, delay = "10s"})
print(answer .. ", after " .. attempts .. " attempts")
