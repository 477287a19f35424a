-- ends with limit: verb calls
-- steps 3000000
while true do pcall(try.fail) end
