-- ends with limit: used up its
coroutine.wrap(function() while true do end end)()
