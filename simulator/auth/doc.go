// Package auth is the authentication service v1.0 with one account, as a service
// that runs in memory: a user name and a key go in as headers, a token and the
// URLs of the account's services come out as headers. It is written from the
// project's specification of the service (the section numbers in comments are
// that document's) and shares no code with the client.
//
// [Service] is the http.Handler of the log-in, and [Service.Valid] is what other
// services ask about a token. Its other methods are what happens to an account
// outside the API: tokens expire or are revoked, the key is reset, the user is
// disabled.
package auth
