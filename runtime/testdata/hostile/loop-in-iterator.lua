-- ends with limit: used up its
for _ in function() return 1 end do end
