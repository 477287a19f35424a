// Package luacats writes what a Runtime offers to scripts as annotations that
// editors with lua-language-server read: completion, hover texts and checks of
// arguments while one types.
//
// Stubs returns one file for each module, one for the object types and one for
// what stands outside modules. They are Lua that is never run. Settings returns
// the language server's configuration for a project that keeps them.
//
// A verb can be called by position, by name, or mixed (see runtime.Verb.Params);
// LuaCATS knows this as overloads: one for all arguments in a table, a class
// named VERB.arguments, and one for each place from which on all that is left is
// optional.
package luacats
