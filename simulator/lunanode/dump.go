package lunanode

import (
	"fmt"
	"time"
)

// state copies the account out, settled and billed at a moment. Every section is
// there, be it empty.
func (a *account) state(now time.Time) State {
	for _, vm := range a.vms.all() {
		a.settleVM(vm, now)
		a.bill(vm, now)
	}
	for _, n := range a.networks.all() {
		n.NextIP = n.pool.next.String()
	}
	random, err := a.random.source.MarshalBinary()
	if err != nil {
		panic(fmt.Sprintf("lunanode: state of ChaCha8: %v", err)) // documented never to happen
	}
	nextIDs := map[string]int{}
	for kind, next := range a.nextIDs() {
		nextIDs[kind] = *next
	}
	credit := a.credit
	s := State{
		Credit:  &credit,
		Random:  random,
		NextIDs: nextIDs,
		NextIP:  a.floatingPool.next.String(),

		Regions:        values(a.regions),
		Plans:          values(a.plans),
		Images:         values(a.images.all()),
		Networks:       values(a.networks.all()),
		SecurityGroups: values(a.securityGroups.all()),
		FloatingIPs:    values(a.floating.all()),
		VMs:            values(a.vms.all()),
		Volumes:        values(a.volumes.all()),
		Snapshots:      values(a.snapshots.all()),
		LoadBalancers:  values(a.loadBalancers.all()),
		Scripts:        values(a.scripts.all()),
		SSHKeys:        values(a.sshKeys.all()),
		Zones:          values(a.zones.all()),
		Records:        values(a.records.all()),
		DynamicNames:   values(a.dyns.all()),
		Checks:         values(a.checks.all()),
		Contacts:       values(a.contacts.all()),
		Alerts:         values(a.alerts.all()),
		MailDomains:    values(a.domains.all()),
		Mailboxes:      values(a.mailboxes.all()),
		MailAliases:    values(a.aliases.all()),
	}
	copied, err := s.clone()
	if err != nil {
		panic(fmt.Sprintf("lunanode: dump: %v", err)) // nothing in a State can fail to encode
	}
	return copied
}

func values[T any](rows []*T) []T {
	out := make([]T, len(rows))
	for i, row := range rows {
		out[i] = *row
	}
	return out
}

// nextIDs names the counters of ids that a state carries.
func (a *account) nextIDs() map[string]*int {
	return map[string]*int{
		"image":          &a.images.next,
		"volume":         &a.volumes.next,
		"snapshot":       &a.snapshots.next,
		"floating":       &a.floating.next,
		"network":        &a.networks.next,
		"security_group": &a.securityGroups.next,
		"load_balancer":  &a.loadBalancers.next,
		"script":         &a.scripts.next,
		"sshkey":         &a.sshKeys.next,
		"zone":           &a.zones.next,
		"record":         &a.records.next,
		"dyn":            &a.dyns.next,
		"check":          &a.checks.next,
		"contact":        &a.contacts.next,
		"alert":          &a.alerts.next,
		"domain":         &a.domains.next,
		"mailbox":        &a.mailboxes.next,
		"alias":          &a.aliases.next,
	}
}
