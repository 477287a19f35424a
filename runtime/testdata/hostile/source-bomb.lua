-- ends with ok
-- steps 3000000
assert(not load(("("):rep(1e5)))
assert(not load(("{"):rep(1e5)))
assert(not load("return " .. ("not "):rep(1e5) .. "x"))
assert(not load("x = " .. ("function() return "):rep(1e4)))
