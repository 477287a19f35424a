package lunanode

import "fmt"

// fault is an error text of the API: what stands under "error".
type fault string

func (f fault) Error() string { return string(f) }

func faultf(format string, args ...any) fault { return fault(fmt.Sprintf(format, args...)) }

// Texts that the real service is known to send (spec section 7).
const (
	errAuthentication = fault("authentication failure; common reasons: bad nonce (computer time off), source IP mismatch, invalid API id/key")
	errVM             = fault("invalid vm")
	errImage          = fault("invalid image")
	errRegion         = fault("invalid region")
	errPlanSelection  = fault("invalid plan selection")
	errImageSelection = fault("invalid image selection")
	errDiskSwap       = fault("the VM must be stopped before disk swap can proceed")
)

// Texts in the same style, chosen here.
const (
	errVolume        = fault("invalid volume")
	errSnapshot      = fault("invalid snapshot")
	errIP            = fault("invalid ip")
	errNetwork       = fault("invalid network")
	errSecurityGroup = fault("invalid security group")
	errRule          = fault("invalid rule")
	errScript        = fault("invalid script")
	errKey           = fault("invalid key")
	errZone          = fault("invalid zone")
	errRecord        = fault("invalid record")
	errDyn           = fault("invalid dyn")
	errLoadBalancer  = fault("invalid load balancer")
	errMember        = fault("invalid member")
	errCheck         = fault("invalid check")
	errContact       = fault("invalid contact")
	errAlert         = fault("invalid alert")
	errDomain        = fault("invalid domain")
	errMailbox       = fault("invalid user")
	errAlias         = fault("invalid alias")
	errAddressesGone = fault("no free address is left in this network")
)

func notSet(name string) fault { return faultf("required parameter %s not set", name) }

func mustBe(name, expected string) fault { return faultf("invalid %s: must be %s", name, expected) }
