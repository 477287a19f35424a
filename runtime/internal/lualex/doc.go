// Package lualex reads Lua source as tokens, for the compiler and for what checks
// scripts. [New] makes a [Lexer]; its Next goes to the following [Token]. Source
// that is no Lua makes it panic with an [*Error], which the parser recovers.
package lualex
