// Package tokencache keeps the sessions of Cloud Servers in files, so that command-line
// runs after each other need not log in each time.
//
//   - New makes a Cache, which is what rackspace.SessionOptions.Cache takes.
//   - Nothing is kept unless it was asked for: Cache.Keep makes an account's file, and
//     only then do Load, Store and Drop use it. Cache.Forget removes it.
//
// There is one file for each account and authentication service (user name and URL),
// below the user's cache directory. It holds a live token, so it is readable by its owner
// alone, and one that others can read is not used. A token is never taken past its life,
// nor when the clock says that it was issued in the future. A token or key that the
// service refused is taken out of the file; the next log-in of an account that is kept
// fills it again. The API key is never written.
//
// A file that cannot be read or written costs a log-in and is no error, except where it
// was asked for.
package tokencache
