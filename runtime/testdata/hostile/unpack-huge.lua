-- ends with script:
return unpack({}, 1, 1e8)
