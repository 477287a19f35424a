-- ends with limit: used up its
try.apply(function() while true do end end)
