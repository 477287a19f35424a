package bindings

import (
	"context"

	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/runtime"
)

// An ActionCaller performs one action of the category/action API; a
// *lunanode.Client does.
type ActionCaller interface {
	Call(ctx context.Context, category, action string, params map[string]string) (lunanode.Answer, error)
}

// LunaNode declares the verbs of the category/action cloud: one for each action of
// its catalogue, named category.action with _ for -, and with them vm.call for any
// action whatever and the waits. Category names are module names; none of them is a
// global of Lua or a module of the other cloud.
//
// A verb answers with what the service sent, texts as texts: a list, a map or an
// object where that is all that the answer says, else the table of its members
// without success. Where the service varies the shape, the documented one is what
// scripts see.
func LunaNode(client ActionCaller) []runtime.Module {
	catalogue := lunanode.LoadCatalogue()
	verbs := map[string][]runtime.Verb{}
	for _, action := range catalogue.Actions() {
		verbs[action.Category] = append(verbs[action.Category], actionVerb(client, action))
	}
	for _, extra := range []runtime.Verb{callVerb(client, catalogue), vmWait(client), imageWait(client), volumeWait(client)} {
		verbs[extra.Module()] = append(verbs[extra.Module()], extra)
	}
	objects := actionObjects(catalogue)
	var modules []runtime.Module
	for _, category := range catalogue.Categories() {
		modules = append(modules, runtime.Module{
			Name:    category,
			Section: "Luna Node",
			Doc:     categoryDoc(category),
			Verbs:   verbs[category],
			Objects: objects[category],
		})
	}
	return tellingPauses(modules)
}

func categoryDoc(category string) string {
	switch category {
	case "vm":
		return "Virtual machines of Luna Node, and vm.call for any action of its API."
	case "image":
		return "Images that machines are installed from: public templates and ISOs, snapshots, fetched images."
	case "volume":
		return "Volumes (disks that outlive machines) and their snapshots."
	case "floating":
		return "Floating addresses: external addresses that can move between machines."
	case "network":
		return "Virtual networks."
	case "securitygroup":
		return "Security groups and their rules."
	case "script":
		return "Startup scripts that a machine runs when it is created."
	case "sshkey":
		return "Public keys that are put on new machines."
	case "plan":
		return "Plans: the sizes of machines and what they cost."
	case "region":
		return "Regions."
	case "billing":
		return "The account's balance."
	case "dns2":
		return "Hosted DNS zones and their records."
	case "dns":
		return "Dynamic names and reverse names; the older zone actions, which dns2 replaces."
	case "lb":
		return "Load balancers."
	case "monitor":
		return "Uptime checks, contacts and alerts."
	case "email":
		return "Mail domains, mailboxes and aliases."
	}
	return "The category " + category + " of Luna Node's API."
}
