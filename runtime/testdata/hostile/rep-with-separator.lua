-- ends with limit: memory or script: resulting string too large
return ("x"):rep(1000, ("y"):rep(1e5))
