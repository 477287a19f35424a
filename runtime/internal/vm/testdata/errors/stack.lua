local function check(server)
  if not server.id then
    error("the server has no id")
  end
end

local function each(list, f)
  for i, v in ipairs(list) do
    f(v)
  end
end

local M = {}
function M.run(list)
  each(list, check)
end

function M:start()
  local ok, message = pcall(function()
    M.run({{id = 1}, {}})
  end)
  if not ok then
    error(message, 0)
  end
end

local function tail(m) return m:start() end
local co = coroutine.wrap(function() tail(M) end)

table.sort({2, 1}, function(a, b)
  co()
  return a < b
end)
