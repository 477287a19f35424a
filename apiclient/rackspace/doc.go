// Package rackspace is the client of the Rackspace Cloud Servers API v1.0 ("first
// generation") with its authentication service v1.0.
//
//	client := rackspace.New(rackspace.Config{
//		Credentials: rackspace.StaticCredentials{Username: "mira", APIKey: key, AuthURL: "us"},
//	})
//	defer client.Close()
//	server, err := client.Servers.Create(ctx, rackspace.ServerCreate{Name: "web1", ImageID: "112", FlavorID: "2"})
//
// # Log-in
//
// A client logs in when it first needs to, keeps the token and the service's URL together
// as a Session, and renews it: early, by one goroutine while the others go on (the advisory
// window); waiting for it, shortly before it ends (the mandatory window); and once after the
// service refused exactly this token. However many callers need a log-in, one is made, and it
// goes on when the caller that started it gives up. When a key is refused the
// CredentialSource is read again, so that a key regenerated in the control panel takes effect
// in a running process.
//
// # Operations
//
// There is one file per resource, with a service of the same name in Client: Limits, Servers,
// Addresses, Flavors, Images, Backups, IPGroups, Versions. Entities are structs that keep the
// JSON they came from in Raw, so that fields that this package does not know survive. Lists
// come as one Page, as an iterator over all pages, or raw.
//
// # Errors
//
// Every error is an *apiclient.Error. Fault holds the service's element name; errors.Is with
// an apiclient.Kind asks for the kind. What is retried is stated in package apiclient.
//
// Sources: the sections named in comments are those of the specifications
// "Cloud Servers API v1.0" and "Rackspace Cloud Authentication Service v1.0" of this project.
package rackspace
