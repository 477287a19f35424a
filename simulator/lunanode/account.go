package lunanode

import "net/netip"

// account is everything that the credentials own.
type account struct {
	timing    Timing
	failBuild func(VM) bool
	failImage func(Image) bool
	failNext  int // how many of the next builds fail whatever failBuild says

	random  *randomness
	credit  dollars
	regions []*Region
	plans   []*Plan

	vms       collection[VM] // by serial number; vmByID finds by UUID
	vmByID    map[string]*VM
	images    collection[Image]
	volumes   collection[Volume]
	snapshots collection[Snapshot]

	floating     collection[FloatingIP]
	floatingByIP map[string]*FloatingIP
	floatingPool addressPool

	networks       collection[Network]
	securityGroups collection[SecurityGroup]
	loadBalancers  collection[LoadBalancer]

	scripts collection[Script]
	sshKeys collection[SSHKey]

	zones   collection[Zone]
	records collection[Record]
	dyns    collection[DynamicName]

	checks   collection[Check]
	contacts collection[Contact]
	alerts   collection[Alert]

	domains   collection[MailDomain]
	mailboxes collection[Mailbox]
	aliases   collection[MailAlias]
}

// floatingRange is where external addresses come from: reserved for benchmarks
// (RFC 2544), so that nothing real is ever meant, and large.
var floatingRange = netip.MustParsePrefix("198.18.0.0/15")

// emptyAccount has nothing in it, not even regions.
func emptyAccount(config Config) *account {
	return &account{
		timing:       config.Timing,
		failBuild:    config.FailBuild,
		failImage:    config.FailImage,
		random:       newRandomness(config.Seed),
		vmByID:       map[string]*VM{},
		floatingByIP: map[string]*FloatingIP{},
		floatingPool: newAddressPool(floatingRange),

		vms:            newCollection[VM](1),
		images:         newCollection[Image](1),
		volumes:        newCollection[Volume](1),
		snapshots:      newCollection[Snapshot](1),
		floating:       newCollection[FloatingIP](1),
		networks:       newCollection[Network](1),
		securityGroups: newCollection[SecurityGroup](1),
		loadBalancers:  newCollection[LoadBalancer](1),
		scripts:        newCollection[Script](1),
		sshKeys:        newCollection[SSHKey](1),
		zones:          newCollection[Zone](1),
		records:        newCollection[Record](1),
		dyns:           newCollection[DynamicName](1),
		checks:         newCollection[Check](1),
		contacts:       newCollection[Contact](1),
		alerts:         newCollection[Alert](1),
		domains:        newCollection[MailDomain](1),
		mailboxes:      newCollection[Mailbox](1),
		aliases:        newCollection[MailAlias](1),
	}
}
