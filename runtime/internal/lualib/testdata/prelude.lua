-- Evaluates the lines of a file, each a list of Lua expressions, and prints what
-- they give. The same text runs in C Lua and in the tested library.
local lines, chunk = ...

local function show(ok, ...)
  local values = {}
  for i = 1, select("#", ...) do
    local v = select(i, ...)
    if ok and type(v) == "string" then
      v = (string.format("%q", v):gsub("\\\n", "\\n"))
    end
    values[i] = tostring(v)
  end
  print((ok and "  = " or "  ! ") .. table.concat(values, ", "))
end

for line in lines:gmatch("[^\n]+") do
  if line:sub(1, 2) ~= "--" then
    print(line)
    local fn, message = loadstring("return " .. line, chunk)
    if not fn then
      print("  ? " .. message)
    else
      show(pcall(fn))
    end
  end
end
