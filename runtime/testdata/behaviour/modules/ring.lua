return require("ring")
