-- ends with exit:
while true do pcall(os.exit, 3) end
