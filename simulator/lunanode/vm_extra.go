package lunanode

import (
	"fmt"
	"hash/fnv"
	"strings"
	"time"
)

// vmSnapshot makes an image of the machine, which goes on running.
func vmSnapshot(c *call, vm *VM) (answer, error) {
	if vm.Status != "active" && vm.Status != "shutoff" {
		return nil, fault("the VM must be running or stopped before snapshot can proceed")
	}
	return c.newImage(Image{Name: c.text("name"), Region: vm.Region, Format: "qcow2", Virtio: true, Content: c.random.uuid()})
}

// vmVNC answers a console address with a one-time token, at a host that does not
// exist.
func vmVNC(c *call, vm *VM) (answer, error) {
	if vm.Status != "active" && vm.Status != "rescued" {
		return nil, fault("the VM must be running before vnc can proceed")
	}
	return object{{"vnc_url", "https://vnc.simulator.invalid/vnc_auto.html?token=" + c.random.uuid()}}, nil
}

// usageStep is the distance of two samples, usageSpan how far back they go.
const (
	usageStep = 5 * time.Minute
	usageSpan = time.Hour
)

// vmUsage answers samples for a graph. They follow from the machine and the
// moment, so that asking again gives the same ones.
func vmUsage(c *call, vm *VM) (answer, error) {
	kind := c.text("key")
	names := map[string][]string{
		"bandwidth": {"incoming_rate", "outgoing_rate", "total_rate"},
		"cpu":       {"percent"},
		"io":        {"read", "write"},
	}[kind]
	if names == nil {
		return nil, mustBe("key", "bandwidth, cpu or io")
	}
	samples := list{}
	for at := c.now.Add(-usageSpan).Truncate(usageStep); !at.After(c.now); at = at.Add(usageStep) {
		if at.Before(vm.Created) {
			continue
		}
		row := object{{"unix_time", fmt.Sprint(at.Unix())}}
		total := 0.0
		for _, name := range names {
			value := sample(vm.ID, name, at)
			if kind != "cpu" {
				value *= 1000 // bytes a second
			}
			if name == "total_rate" {
				value = total
			}
			total += value
			row = append(row, member{name, fmt.Sprintf("%.2f", value)})
		}
		samples = append(samples, row)
	}
	return object{{"usage", samples}}, nil
}

// sample is a number from 0 to 100.
func sample(vm, name string, at time.Time) float64 {
	h := fnv.New32a()
	fmt.Fprint(h, vm, name, at.Unix())
	return float64(h.Sum32()%10000) / 100
}

func vmSetFairshare(c *call, vm *VM) (answer, error) {
	vm.ChargeForCPU, vm.FairshareNoLend = c.yes("charge_for_cpu"), c.yes("fairshare_nolend")
	return nil, nil
}

func vmSetPassword(c *call, vm *VM) (answer, error) {
	vm.Password = c.text("password")
	return nil, nil
}

// loginDetails names the user where the image's distribution has one of its own.
func (vm *VM) loginDetails() string {
	for _, name := range []string{"Ubuntu", "Debian", "AlmaLinux"} {
		if strings.HasPrefix(vm.ImageName, name) {
			return "username: " + strings.ToLower(name) + "; password: " + vm.Password
		}
	}
	return "password: " + vm.Password
}
