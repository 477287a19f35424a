-- ends with limit: used up its
(("a"):rep(3000)):find(("a-"):rep(20) .. "b")
