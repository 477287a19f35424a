package lualib

import (
	"weak"

	lua "github.com/yuin/gopher-lua"
)

// identities numbers the objects of a run in the order in which they were first
// shown. Addresses would differ from run to run and tell about the process. The
// keys are weak, so an object that was printed can still be collected.
type identities struct {
	last      uint64
	tables    map[weak.Pointer[lua.LTable]]uint64
	functions map[weak.Pointer[lua.LFunction]]uint64
	userdata  map[weak.Pointer[lua.LUserData]]uint64
	threads   map[weak.Pointer[lua.LState]]uint64
}

// of returns the number of an object and whether it is new.
func (ids *identities) of(v lua.LValue) (id uint64, first bool) {
	switch v := v.(type) {
	case *lua.LTable:
		return number(&ids.tables, v, &ids.last)
	case *lua.LFunction:
		return number(&ids.functions, v, &ids.last)
	case *lua.LUserData:
		return number(&ids.userdata, v, &ids.last)
	case *lua.LState:
		return number(&ids.threads, v, &ids.last)
	}
	return 0, false
}

func number[T any](known *map[weak.Pointer[T]]uint64, object *T, last *uint64) (id uint64, first bool) {
	key := weak.Make(object)
	if id, ok := (*known)[key]; ok {
		return id, false
	}
	if *known == nil {
		*known = map[weak.Pointer[T]]uint64{}
	}
	*last++
	(*known)[key] = *last
	return *last, true
}
