// Package lunanode speaks the signed category/action API of Luna Node (the
// "Dynamic API"; spec category-action-api.md).
//
// A call is a category, an action and a flat map of text, answered by one JSON
// object. Everything else is care:
//
//   - Client.Call performs any action, known or not. It signs each attempt anew,
//     and the bytes that it signs are the bytes that it sends.
//   - Sign is the signature alone.
//   - Answer and Value read what came, leniently: the service sends numbers as
//     text, lists as maps, and empty maps as lists or text.
//   - LoadCatalogue describes the 117 known actions: parameters, effect, answer.
//     Action.Check compares parameters with it; Action.Uniform gives an answer the
//     documented shape. Call itself asks the catalogue only for an action's effect.
//   - VMState and the functions beside it read states.
//
// # Failures
//
// Every error is an *apiclient.Error. Three sorts of failure are kept apart: the
// service refused (the cause is a *Refusal with its words), no answer came
// (KindUnreachable, KindTimeout and, for an action that changes something,
// KindOutcomeUnknown), and an answer that is none of this API (KindBadAnswer).
//
// # What is repeated
//
// Reads are repeated as package apiclient says. An action that changes something is
// never blindly sent again once it may have reached the service; there is no way to
// make it idempotent. What vm/create, vm/snapshot, image/fetch and volume/create would
// have made is looked for: by its name, and by not having been listed shortly before
// the call. For that a burst of them is preceded by one list, and those of one name are
// made one after the other. An authentication failure is another matter: such a call was not
// carried out, so it is repeated once, with the credentials as their source has them
// then and with a later nonce.
//
// # The nonce
//
// It is the clock's second. A message that is identical to one that this client
// sent in the last five minutes gets the next free second, at most five seconds
// ahead of the clock (spec section 5). In a larger burst it is written with other
// blanks instead, which makes it another message with the same meaning.
package lunanode
