-- ends with limit: memory
assert(load(("x = 1 "):rep(1e6)))
