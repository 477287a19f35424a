#!/usr/bin/env cloudscript
-- What the plans of Luna Node cost for memory, as JSON for another program: the
-- script's results under --json.
--
--     cloudscript run --sim --json scripts/examples/report.lua

local report = {}
for _, p in ipairs(plan.list()) do
  local dollars = tonumber((p.price_monthly_nice:gsub("%$", "")))
  report[#report + 1] = {
    plan = p.name,
    gigabytes = tonumber(p.ram) / 1024,
    dollars_per_gigabyte = math.floor(dollars / tonumber(p.ram) * 1024 * 100 + 0.5) / 100,
  }
end

table.sort(report, function(a, b)
  if a.dollars_per_gigabyte ~= b.dollars_per_gigabyte then
    return a.dollars_per_gigabyte < b.dollars_per_gigabyte
  end
  return a.gigabytes < b.gigabytes
end)

for i = 1, 3 do
  print(report[i].plan, "$" .. report[i].dollars_per_gigabyte .. " for each GB and month")
end
return report
