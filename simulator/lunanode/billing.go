package lunanode

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

func billingActions() map[string]action {
	return map[string]action{
		"credit": func(c *call) (answer, error) {
			for _, vm := range c.vms.all() {
				c.settleVM(vm, c.now)
				c.bill(vm, c.now)
			}
			return object{{"credit", c.credit.String()}}, nil
		},
	}
}

// bill takes what a machine has cost since it was last billed from the credit. The
// account may run into debt: what the service does then is not known.
func (a *account) bill(vm *VM, until time.Time) {
	seconds := int64(until.Sub(vm.BilledUntil) / time.Second)
	if seconds <= 0 {
		return
	}
	a.credit -= vm.plan.Price * dollars(seconds) / 3600
	vm.BilledUntil = vm.BilledUntil.Add(time.Duration(seconds) * time.Second)
}

// dollars is an amount of money in units of 10⁻⁸ US dollars, the finest that the
// service shows (spec section 10).
type dollars int64

const dollar dollars = 1e8

// String writes all eight fraction digits.
func (d dollars) String() string {
	sign := ""
	if d < 0 {
		sign, d = "-", -d
	}
	return fmt.Sprintf("%s%d.%08d", sign, d/dollar, d%dollar)
}

// short leaves out zeros at the end.
func (d dollars) short() string {
	return strings.TrimRight(strings.TrimRight(d.String(), "0"), ".")
}

// MarshalText writes the amount as decimal text.
func (d dollars) MarshalText() ([]byte, error) { return []byte(d.short()), nil }

// UnmarshalText reads decimal text such as 12.50.
func (d *dollars) UnmarshalText(text []byte) error {
	f, err := strconv.ParseFloat(string(text), 64)
	if err != nil || math.Abs(f) > 1e9 || math.IsNaN(f) {
		return fmt.Errorf("%q is not an amount of dollars; write it as \"12.50\"", text)
	}
	*d = dollars(math.Round(f * float64(dollar)))
	return nil
}
