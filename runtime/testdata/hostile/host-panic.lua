-- ends with internal: internal error
while true do try.panic() end
