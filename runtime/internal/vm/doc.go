// Package vm is the one place where Lua source becomes code and code runs.
package vm
