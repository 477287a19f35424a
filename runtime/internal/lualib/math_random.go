package lualib

import (
	"math"
	"math/rand/v2"

	lua "github.com/yuin/gopher-lua"
)

// A generator is the random numbers of one run. It is a PCG, whose sequence for
// a seed does not depend on the Go version.
type generator struct {
	source rand.PCG
	seeded bool
}

func (g *generator) seed(seed uint64) {
	g.source.Seed(seed, 0x9e3779b97f4a7c15)
	g.seeded = true
}

// float is a number from 0 to less than 1.
func (in *instance) randomFloat(L *lua.LState) float64 {
	if !in.random.seeded {
		in.random.seed(in.host.RandomSeed(L))
	}
	return float64(in.random.source.Uint64()>>11) / (1 << 53)
}

func mathRandom(L *lua.LState) int {
	r := instanceOf(L).randomFloat(L)
	least, most := 1.0, 0.0
	interval := 1
	switch L.GetTop() {
	case 0:
		return pushNumber(L, r)
	case 1:
		most = math.Trunc(numberArgument(L, "random", 1))
	case 2:
		least = math.Trunc(numberArgument(L, "random", 1))
		most = math.Trunc(numberArgument(L, "random", 2))
		interval = 2
	default:
		raise(L, "wrong number of arguments")
	}
	if !(least <= most) {
		argumentError(L, "random", interval, "interval is empty")
	}
	return pushNumber(L, math.Floor(r*(most-least+1))+least)
}

func mathRandomSeed(L *lua.LState) int {
	instanceOf(L).random.seed(math.Float64bits(numberArgument(L, "randomseed", 1)))
	return 0
}
