package bindings

import (
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
)

// Rackspace declares the verbs of Cloud Servers, with the object types server, image, flavor and
// ip_group. The client logs in when the first of them needs it to.
func Rackspace(client *rackspace.Client) []runtime.Module {
	flavors, images := newFlavorNames(client), newImageNames(client)
	modules := []runtime.Module{
		{Verbs: []runtime.Verb{authVerb(client)}},
		limitsModule(client),
		serversModule(client, images, flavors),
		flavorsModule(client, flavors),
		imagesModule(client, images),
		addressesModule(client),
		backupsModule(client),
		ipGroupsModule(client),
		versionsModule(client),
	}
	for i := range modules {
		modules[i].Section = "Cloud Servers"
		actOnServers(client, modules[i].Verbs)
	}
	return tellingPauses(hintingAtIDs(modules))
}

// The kinds that any call of the cloud may fail with, but for those of every verb.
func cloudErrors(more ...runtime.Kind) []runtime.Kind {
	return append(more, runtime.OverLimit, runtime.Unauthorized, runtime.Unavailable, runtime.Unreachable)
}

// changeErrors are those of a call that changes something.
func changeErrors(more ...runtime.Kind) []runtime.Kind {
	return cloudErrors(append(more, runtime.OutcomeUnknown)...)
}

// idParam is the first parameter of a verb about one thing.
func idParam(name, doc string) runtime.Param {
	return runtime.Param{Name: name, Type: runtime.ID, Required: true, Doc: doc}
}

// namedParam is an idParam of something that names find: a flavor, an image.
func namedParam(what string) runtime.Param {
	p := idParam(what, "the "+what+", by id or by name")
	p.ByName = true
	return p
}

// done is what a call without an answer gives to Lua.
func done(err error) (any, error) {
	if err != nil {
		return nil, failure(err)
	}
	return nil, nil
}
