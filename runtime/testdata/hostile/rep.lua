-- ends with limit: memory
return ("x"):rep(1e8)
