-- ends with script:
return ("x"):rep(1e18)
