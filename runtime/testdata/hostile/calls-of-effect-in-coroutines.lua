-- ends with limit: the run used up its 3 calls of effect create
-- calls create 3
while true do coroutine.resume(coroutine.create(function() servers.create("web", 1, 1) end)) end
