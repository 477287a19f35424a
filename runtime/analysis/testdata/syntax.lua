local servers = {
  "a",
for
