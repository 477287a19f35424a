-- ends with ok
assert(load("return " .. ("1+"):rep(1e4) .. "1"))
assert(load(("do local a = 1 a = a + 1 end "):rep(1e3)))
