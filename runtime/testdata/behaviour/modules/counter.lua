-- A module of the script's own: it keeps its state for the length of a run.
local M, n = {}, 0

function M.next()
  n = n + 1
  return n
end

return M
