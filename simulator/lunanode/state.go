package lunanode

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"sync"
)

// State is an account as data: what a seed file holds and what a dump gives. In a
// seed, a section that is absent (null) is taken from the built-in seed (spec
// section 10: plans, regions, public images, one network and one security group
// for each region); one that is present replaces it. Ids, UUIDs, addresses and
// times may be left out and are then made. A dump has every section, so a
// server that restores it goes on as the first would have.
//
// A dump holds what the simulated account holds: the passwords of simulated
// machines among it, but never the API key.
type State struct {
	Credit  *dollars       `json:"credit,omitempty"`   // US dollars, as text: "100.00"
	Random  []byte         `json:"random,omitempty"`   // the state of the source of UUIDs
	NextIDs map[string]int `json:"next_ids,omitempty"` // the next id of each kind
	NextIP  string         `json:"next_ip,omitempty"`  // where the search for a floating address goes on

	Regions        []Region        `json:"regions"`
	Plans          []Plan          `json:"plans"`
	Images         []Image         `json:"images"`
	Networks       []Network       `json:"networks"`
	SecurityGroups []SecurityGroup `json:"security_groups"`
	FloatingIPs    []FloatingIP    `json:"floating_ips"`
	VMs            []VM            `json:"vms"`
	Volumes        []Volume        `json:"volumes"`
	Snapshots      []Snapshot      `json:"snapshots"`
	LoadBalancers  []LoadBalancer  `json:"load_balancers"`
	Scripts        []Script        `json:"scripts"`
	SSHKeys        []SSHKey        `json:"ssh_keys"`
	Zones          []Zone          `json:"zones"`
	Records        []Record        `json:"records"`
	DynamicNames   []DynamicName   `json:"dynamic_names"`
	Checks         []Check         `json:"checks"`
	Contacts       []Contact       `json:"contacts"`
	Alerts         []Alert         `json:"alerts"`
	MailDomains    []MailDomain    `json:"mail_domains"`
	Mailboxes      []Mailbox       `json:"mailboxes"`
	MailAliases    []MailAlias     `json:"mail_aliases"`
}

//go:embed seed.json
var seedJSON []byte

// builtInSeed is read once; those who use it must not change it.
var builtInSeed = sync.OnceValue(func() State {
	var seed State
	if err := json.Unmarshal(seedJSON, &seed); err != nil {
		panic(fmt.Sprintf("lunanode: embedded seed: %v", err))
	}
	return seed
})

// State copies the account out of the server.
func (s *Server) State() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.account.state(s.config.Clock.Now().UTC())
}

// Restore replaces the account with the one that state describes. If the state
// does not fit together the error names the entry, and the account stays as it was.
func (s *Server) Restore(state State) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, err := restore(s.config, state)
	if err != nil {
		return fmt.Errorf("lunanode simulator: state: %w", err)
	}
	s.account = a
	return nil
}
