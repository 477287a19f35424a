-- ends with ok
assert(io == nil and debug == nil and package == nil and dofile == nil and loadfile == nil)
assert(os.execute == nil and os.remove == nil and os.getenv == nil and os.rename == nil and os.tmpname == nil)
assert(getfenv == nil and setfenv == nil and newproxy == nil and module == nil)
assert(string.dump == nil)
