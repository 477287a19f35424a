-- width 40
local numbers, names, mixed = {}, {}, {}
for i = 1, 30 do numbers[i] = (-1) ^ i * i * i end
for i = 1, 9 do names[i] = "web-" .. ("x"):rep(i % 4) .. i end
for i = 1, 8 do mixed[i] = i % 2 == 0 and i or "数据" .. i end
mixed[4] = {1, 2}
mixed.name = "a mixed list"
return numbers, names, mixed,
  {"first of a few", "second of a few", "third of a few"},
  {"https://example.com/a/long/addr", 2, 3, 4, 5, 6, 7, 8},
  {list = numbers}
