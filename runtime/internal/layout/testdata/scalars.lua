return nil, true, 40117, 0.5, "text", "say \"hi\"\\", "a\nb\27[31m\255", print
