return { {name = "a", ok = true}, {name = "b", size = 3, tags = {"x", "y"}}, {name = "c", tags = {key = "value"}}, {name = "d", tags = {}} }
