-- Servers that are made and removed together. What several scripts share, and
-- what is worth a test, stands in modules such as this one.
local group = {}

-- Makes a server for each name and returns them when all are ready. options has
-- their image and flavor, and wait, how long each may take.
function group.up(names, options)
  return parallel.map(names, function(name)
    local server = servers.create{name = name, image = options.image, flavor = options.flavor}
    return server:wait("ACTIVE", {timeout = options.wait})
  end)
end

-- Deletes servers and returns when they are gone.
function group.down(fleet)
  parallel.each(fleet, function(server)
    server:delete()
    server:wait("gone")
  end)
end

return group
