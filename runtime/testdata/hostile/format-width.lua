-- ends with script:
return ("%1000000000d"):format(1)
