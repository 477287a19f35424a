-- ends with limit: verb calls
while true do pcall(try.fail) end
