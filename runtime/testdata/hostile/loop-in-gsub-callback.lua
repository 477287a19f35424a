-- ends with limit: used up its
("x"):gsub(".", function() while true do end end)
