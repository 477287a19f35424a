// Package bindings declares the verbs of the clouds: what scripts can ask of them.
//
//   - Rackspace declares those of Cloud Servers: auth, and the modules servers, images, flavors,
//     addresses, backups, ip_groups, limits and versions. One file per resource.
//   - LunaNode declares those of the category/action API, from its catalogue.
//
// Both return modules for runtime.Config.Modules. A verb takes checked arguments from the
// runtime, calls its cloud's client with the call's context, and hands rows to Lua as the JSON
// they came as, so that no field is lost on the way and none is decoded that nobody reads.
// What the clients wait on is the clock they were made with; give client and runtime the same
// one.
//
// Both clouds' failures become runtime errors in one function, failure.
package bindings
