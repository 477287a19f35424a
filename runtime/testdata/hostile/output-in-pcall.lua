-- ends with limit: printed more
while true do pcall(print, ("x"):rep(100000)) end
