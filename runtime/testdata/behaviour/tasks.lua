-- Tasks overlap while they wait, and only then.
local start = time.monotonic()
local log = {}
parallel.each({3, 1, 2}, function(n)
  log[#log + 1] = "begin " .. n
  time.sleep(n)
  log[#log + 1] = "end " .. n
end)
assert(table.concat(log, ", ") == "begin 3, begin 1, begin 2, end 1, end 2, end 3", table.concat(log, ", "))
assert(time.monotonic() - start == 3)

-- Between two verb calls nothing else runs: no update is lost.
local count = 0
parallel.each(list.map({1, 2, 3, 4, 5, 6, 7, 8}, function(n) return n end), function()
  for _ = 1, 50 do
    local before = count
    for _ = 1, 10 do end
    count = before + 1
    if count % 7 == 0 then time.sleep("1ms") end
  end
end)
assert(count == 400)

-- A limit is kept.
local now, most = 0, 0
parallel.each({1, 2, 3, 4, 5, 6, 7}, function()
  now = now + 1
  most = math.max(most, now)
  time.sleep(1)
  now = now - 1
end, {limit = 3})
assert(most == 3 and now == 0)

-- Sixteen at a time unless told otherwise.
local items = {}
for i = 1, 40 do items[i] = i end
now, most = 0, 0
parallel.each(items, function()
  now = now + 1
  most = math.max(most, now)
  time.sleep(1)
  now = now - 1
end)
assert(most == 16)

-- Tasks inside tasks, with errors that say which item of which.
local ok, e = pcall(parallel.map, {"a", "b"}, function(letter)
  return parallel.map({1, 2, 3}, function(n)
    time.sleep(n)
    if letter == "b" and n == 2 then error({kind = "mine", message = "no"}) end
    return letter .. n
  end)
end)
assert(not ok and e.item == 2 and e.kind == "script" and tostring(e) == "item 2.2: no", tostring(e))

-- pcall works around anything that waits.
local results = parallel.map({1, 2, 3}, function(n)
  local ok, e = pcall(function()
    time.sleep(1)
    if n == 2 then machines.get(99) end
    time.sleep(1)
    return "fine"
  end)
  return ok and e or e.kind
end)
assert(table.concat(results, " ") == "fine not_found fine")

-- Coroutines belong to the task that resumes them.
local produced = parallel.map({1, 2}, function(n)
  local gen = coroutine.wrap(function()
    for i = 1, 3 do
      time.sleep(0.1)
      coroutine.yield(n * 10 + i)
    end
  end)
  return {gen(), gen(), gen()}
end)
assert(produced[1][3] == 13 and produced[2][1] == 21)

-- A task that is cancelled ends although it swallows errors.
local swallowed = 0
local stubborn = task.spawn(function()
  while true do
    pcall(time.sleep, 1)
    swallowed = swallowed + 1
  end
end)
time.sleep(2.5)
stubborn:cancel()
local ok, e = pcall(stubborn.join, stubborn)
assert(not ok and e.kind == "cancelled" and swallowed == 2, swallowed)

-- The winner of a race ends it; the time is the winner's.
start = time.monotonic()
local winner, value = parallel.race({
  function() time.sleep(5) return "slow" end,
  function() time.sleep(1) return "fast" end,
})
assert(winner == 2 and value == "fast" and time.monotonic() - start == 1)
