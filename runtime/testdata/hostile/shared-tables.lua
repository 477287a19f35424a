-- ends with limit:
-- Sixty tables are more values than there is memory for, when each is copied.
local t = {}
for i = 1, 60 do t = {t, t} end
try.echo{any = t}
