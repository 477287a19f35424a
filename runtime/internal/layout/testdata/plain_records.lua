return { {name = "a", ok = true}, {name = "b", size = 3, tags = {"x", "y"}} }
