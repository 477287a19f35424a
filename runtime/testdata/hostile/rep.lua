-- ends with limit: memory or script: resulting string too large
return ("x"):rep(1e8)
