#!/usr/bin/env cloudscript
-- What a script gets: words in arg, values of --set in params.
--
--     cloudscript run scripts/examples/hello.lua --set greeting=Hi -- Ada Grace

local greeting = params.greeting or "Hello"
local names = #arg > 0 and arg or {"world"}

for i, name in ipairs(names) do
  print(i .. ". " .. greeting .. ", " .. name .. "!")
end
