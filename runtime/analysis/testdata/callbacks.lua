-- What verbs call functions with is known from the types that editors see.
task.play("plain", function(n, server, task, other)
  server:rebot()
  server:reboot("SOFTLY")
  task.non()
  task.none(1)
  print(n.anything, other.anything)
end)

-- Another value under the same name is not known, and neither is what a function of the
-- script's own takes.
task.play("plain", function(_, server)
  server = {rebot = print}
  server.rebot()
end)
local function play(_, _, task) task.non() end
task.play("plain", play)

-- The object of a method is its first argument.
servers.get(1):watch(function(now) now:rebot() end)
