// Package credentials finds the account names and keys that the clients sign
// and log in with: in the environment, else in a TOML file.
//
//   - New makes a Source from what the command line said. It reads nothing.
//   - Source.Rackspace and Source.LunaNode are the credential sources that the
//     clients take. Each call of Credentials reads the file anew, so a key that
//     was regenerated and pasted into the file takes effect in a running
//     process as soon as the client asks again.
//
// The file is looked for at Config.Path, then $CLOUDSCRIPT_CREDENTIALS, then
// cloudscript/credentials.toml in the user's configuration directory. It holds
// profiles by name; a profile holds a table for each cloud:
//
//	[default.rackspace]
//	username = "mira"
//	api_key  = "…"        # or api_key_file, or api_key_command
//	region   = "us"       # or "uk", or auth_url
//
//	[default.lunanode]
//	api_id  = "…"
//	api_key = "…"
//
// The environment overrides single values, whatever the profile: the names are
// the constants Env…. An empty variable counts as unset.
//
// Every failure is an *apiclient.Error of Kind. No error, and nothing else that
// this package makes, holds a key: a key leaves it only as an apiclient.Secret.
package credentials
