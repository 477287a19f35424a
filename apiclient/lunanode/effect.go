package lunanode

import (
	"strings"

	"github.com/cloudscript/cloudscript/apiclient"
)

// effectOf derives what an action does from the catalogue's data:
//
//   - An action that does not mutate reads.
//   - Else the last word of its name tells. add, create, insert, fetch, replicate
//     and snapshot make something new; delete and remove destroy; all else
//     updates what is there.
//   - effectExceptions names the actions whose last word misleads.
func effectOf(a *Action) apiclient.Effect {
	if !a.Mutates {
		return apiclient.EffectRead
	}
	if effect := effectException(a.String()); effect != "" {
		return effect
	}
	switch a.Name[strings.LastIndexAny(a.Name, "-_")+1:] {
	case "add", "create", "insert", "fetch", "replicate", "snapshot":
		return apiclient.EffectCreate
	case "delete", "remove":
		return apiclient.EffectDestroy
	}
	return apiclient.EffectUpdate
}

func effectException(name string) apiclient.Effect {
	switch name {
	case "vm/reimage":
		return apiclient.EffectDestroy // what was on the disk is gone
	case "vm/securitygroup-add", "vm/securitygroup-remove":
		return apiclient.EffectUpdate // the group exists before and after
	}
	return ""
}
