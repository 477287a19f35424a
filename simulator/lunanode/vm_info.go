package lunanode

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// vmInfo answers live data (info) and the account record (extra).
func vmInfo(c *call, vm *VM) (answer, error) {
	word, color := vm.words()
	groups := c.groupNames(vm)
	host := sha256.Sum224([]byte(vm.ID))
	private, external := c.visible(vm)
	info := object{
		{"hostname", vm.Hostname},
		{"addresses", c.addressRows(vm)},
		{"status", markup(`<font color="` + color + `"><b>` + word + `</b></font>`)},
		{"status_raw", vm.Status},
		{"status_color", color},
		{"task_state", vm.Task},
		{"image", vm.ImageName},
		{"security_groups", groups},
		{"host_id", hex.EncodeToString(host[:])},
		{"volumes", c.volumeRows(vm)},
		{"status_nohtml", word},
		{"os", vm.ImageName},
		{"securitygroups", groups},
		{"additionalip", texts(rest(external))},
		{"additionalprivateip", texts(rest(private))},
		{"ipv6", list{}},
	}
	if len(private) > 0 {
		info = append(info, member{"privateip", private[0]})
	}
	if len(external) > 0 {
		info = append(info, member{"ip", external[0]})
	}
	if vm.Status == "active" {
		info = append(info, member{"login_details", vm.loginDetails()})
	}
	if vm.FromISO {
		info = append(info, member{"diskswap", oneOrEmpty(vm.DiskSwapped)})
	}
	used := c.now.Sub(vm.Created).Hours() * 0.01
	info = append(info, member{"bandwidthUsedGB", fmt.Sprintf("%.2f", used)})
	return object{{"info", info}, {"extra", c.vmRow(vm)}}, nil
}

// vmRow is the account record, as vm/list shows it too.
func (c *call) vmRow(vm *VM) object {
	private, external := c.visible(vm)
	return object{
		{"vm_id", vm.ID},
		{"name", vm.Hostname},
		{"plan_id", decimal(vm.plan.ID)},
		{"hostname", vm.Hostname},
		{"primaryip", first(external)},
		{"privateip", first(private)},
		{"ram", decimal(vm.plan.RAM)},
		{"vcpu", decimal(vm.plan.VCPU)},
		{"storage", decimal(vm.plan.Storage)},
		{"bandwidth", decimal(vm.plan.Bandwidth)},
		{"region", vm.Region},
	}
}

// visible is the machine's addresses as far as they are known: in the first sixth
// of the build there are none yet (spec section 11: absent in the first seconds).
func (c *call) visible(vm *VM) (private, external []string) {
	if vm.Status == "build" && c.now.Before(vm.addressedAt(c.timing.Build)) {
		return nil, nil
	}
	return vm.PrivateIPs, vm.FloatingIPs
}

func (vm *VM) addressedAt(build time.Duration) time.Time { return vm.Created.Add(build / 6) }

func (c *call) addressRows(vm *VM) list {
	private, external := c.visible(vm)
	rows := list{}
	for _, ip := range private {
		rows = append(rows, object{{"addr", ip}, {"version", "4"}, {"external", oneOrEmpty(false)}})
	}
	for _, ip := range external {
		rows = append(rows, object{
			{"addr", ip}, {"version", "4"}, {"external", oneOrEmpty(true)}, {"reverse", c.floatingByIP[ip].hostname()},
		})
	}
	return rows
}

func (c *call) groupNames(vm *VM) list {
	names := list{}
	for _, id := range vm.SecurityGroups {
		names = append(names, c.securityGroups.get(id).Name)
	}
	return names
}

func (c *call) volumeRows(vm *VM) list {
	rows := list{}
	for _, id := range vm.volumes {
		rows = append(rows, object{{"id", decimal(id)}, {"name", c.volumes.get(id).Name}})
	}
	return rows
}

func texts(items []string) list {
	l := list{}
	for _, item := range items {
		l = append(l, item)
	}
	return l
}

func first(items []string) string {
	if len(items) == 0 {
		return ""
	}
	return items[0]
}

func rest(items []string) []string { return items[min(1, len(items)):] }
