local M = {} -- 1
local unset -- 1
function M.pick(n) -- 1
  if n == 1 then -- 4
    return "one" -- 1
  elseif n == 2 then -- 3
    n = 20 -- 1
  else
    n = 30 -- 2
  end
  return n -- 3
end

function M.never() -- 1
  local x = 1 -- 0
  return x -- 0
end

local function empty()  -- 1
end

for i = 1, 4 do -- 5
  M.pick(i) -- 4
end

for i = 1, 10 do -- 3
  if i == 3 then -- 3
    break -- 1
  end
  local get = function() -- 2
    return i -- 2
  end
  get() -- 2
end

M.field = function() -- 1
  return 1 -- 0
end
local made = (function() -- 1
  return function(a, b) -- 1
    return a() + b() -- 1
  end
end)()
made(function() -- 1
  return 1 -- 1
end, function() -- 1
  return 2 -- 1
end)

local n = 3 -- 1
while n > 0 do -- 4
  n = n - 1 -- 3
end
repeat
  n = n + 1 -- 2
until n == 2 -- 2

for _, word in ipairs({ -- 4
  "a", -- 1
  "b", -- 1
  "c" -- an item is stored when the next token is known
}) do -- 1
  if word == "b" then -- 3
    goto continue -- 1
  end
  empty() -- 2
  ::continue::
end

local ok = pcall(function() -- 1
  error("caught") -- 1
  M.never() -- 0
end)

local generator = coroutine.wrap(function() -- 1
  for i = 1, 3 do -- 3
    coroutine.yield(i) -- 3
  end
  M.never() -- 0
end)
generator() -- 1
generator() -- 1
generator() -- 1

local text = [[
two lines]] -- 1
local made = load("local a = 1\nlocal b = 2\nreturn b") -- 1
made() -- 1
local either = unset
  or ok -- 1
  or made -- 1
local function idle() return 1 end -- 0
local function busy() return 1 end busy() busy() -- 2
local one, two = function() return 1 end, function() return 2 end one() -- 1
local function nothing() end -- 1

return either, text -- 1
