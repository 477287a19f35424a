-- ends with limit: used up its
while true do end
