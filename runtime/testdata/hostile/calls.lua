-- ends with limit: verb calls
while true do servers.get(1) end
