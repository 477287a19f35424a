-- ends with limit: memory
return ("x"):rep(1000, ("y"):rep(1e5))
