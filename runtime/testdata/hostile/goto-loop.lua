-- ends with limit: used up its
::again::
goto again
