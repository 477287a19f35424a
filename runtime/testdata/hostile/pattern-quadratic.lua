-- ends with limit: used up its
local s = ("a"):rep(100000)
s:match(".-b")
