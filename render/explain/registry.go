package explain

import (
	"math"
	"reflect"
	"sort"
)

// A registry knows, for memory that it has allocated itself, where the bytes
// came from. Strings are copied into arenas, booleans and numbers into slabs, so
// that two equal values never share an address: Go shares the memory of strings
// of one byte and of small boxed numbers.
//
// A string is found by any part of it, so that functions that return a part of
// their argument (trunc, trimSuffix, splitList, …) need no attention at all.
type registry struct {
	arena   *arena               // where the next string goes
	arenas  map[uintptr][]*arena // by page of the address
	slab    *slab
	slabs   map[uintptr][]*slab
	maps    map[uintptr]*valueAt // the dictionaries that templates were given, by address
	strings int                  // registered so far, for tests and benchmarks
	boxes   int
	kept    int // bytes that keep has counted
	most    int // the limit of kept
}

// A record says where registered memory came from: valueAt and keyAt (a value or
// key of .Values, .Chart, …), *literal, *fileText, *templateText, *buffer (what a
// template wrote) or *returned (what a function returned).
type record any

const (
	arenaSize = 64 << 10 // bytes
	arenaPage = 16       // address bits within a page: arenas are found by page
	slabSize  = 512      // boxes
	slabPage  = 12

	stringCost = 32 // bytes that a registered string takes besides its own
	boxCost    = 24 // bytes that a registered number takes
)

// arena is a block of memory with strings one behind the other, a byte apart.
type arena struct {
	base uintptr
	data []byte
	used int
	at   []span32
	recs []record
}

// span32 is a range of bytes of an arena.
type span32 struct{ start, end uint32 }

// slab is a block of memory with booleans and numbers.
type slab struct {
	base uintptr
	data *[slabSize]uint64
	recs []record
}

func newRegistry() *registry {
	return &registry{arenas: map[uintptr][]*arena{}, slabs: map[uintptr][]*slab{}, maps: map[uintptr]*valueAt{}, most: math.MaxInt}
}

// put returns a copy of s in memory of its own that rec explains.
func (r *registry) put(s string, rec record) string {
	if s == "" {
		return ""
	}
	r.keep(len(s) + stringCost)
	a := r.room(len(s))
	start := a.used
	copy(a.data[start:], s)
	a.used += len(s) + 1
	a.at = append(a.at, span32{uint32(start), uint32(start + len(s))})
	a.recs = append(a.recs, rec)
	r.strings++
	return viewString(a.data[start : start+len(s) : start+len(s)])
}

// room returns an arena with room for n more bytes and one byte of distance.
func (r *registry) room(n int) *arena {
	if r.arena != nil && len(r.arena.data)-r.arena.used > n {
		return r.arena
	}
	size := arenaSize
	if n >= arenaSize/4 {
		size = n + 1
	}
	a := &arena{data: make([]byte, size)}
	a.base = address(viewString(a.data))
	for page := a.base >> arenaPage; page <= (a.base+uintptr(size))>>arenaPage; page++ {
		r.arenas[page] = append(r.arenas[page], a)
	}
	if size == arenaSize {
		r.arena = a
	}
	return a
}

// find returns the record of the registered string that s is or is a part of,
// and where in it s begins.
func (r *registry) find(s string) (rec record, offset int, ok bool) {
	if s == "" {
		return nil, 0, false
	}
	at := address(s)
	for _, a := range r.arenas[at>>arenaPage] {
		if at < a.base || at >= a.base+uintptr(a.used) {
			continue
		}
		start := uint32(at - a.base)
		i := sort.Search(len(a.at), func(i int) bool { return a.at[i].start > start }) - 1
		if i < 0 || int(start)+len(s) > int(a.at[i].end) {
			return nil, 0, false
		}
		return a.recs[i], int(start - a.at[i].start), true
	}
	return nil, 0, false
}

// box returns v with memory of its own that rec explains; only booleans and
// numbers can be boxed, anything else is returned as it is.
func (r *registry) box(v any, rec record) any {
	if !boxable(v) {
		return v
	}
	if r.slab == nil || len(r.slab.recs) == slabSize {
		s := &slab{data: new([slabSize]uint64), recs: make([]record, 0, slabSize)}
		s.base = boxAddress(boxIn(uint64(0), &s.data[0]))
		for page := s.base >> slabPage; page <= (s.base+8*slabSize-1)>>slabPage; page++ {
			r.slabs[page] = append(r.slabs[page], s)
		}
		r.slab = s
	}
	r.keep(boxCost)
	s := r.slab
	s.recs = append(s.recs, rec)
	r.boxes++
	return boxIn(v, &s.data[len(s.recs)-1])
}

// findBox returns the record of a boxed boolean or number.
func (r *registry) findBox(v any) (record, bool) {
	if !boxable(v) {
		return nil, false
	}
	at := boxAddress(v)
	for _, s := range r.slabs[at>>slabPage] {
		if at >= s.base && at < s.base+uintptr(8*len(s.recs)) {
			return s.recs[(at-s.base)/8], true
		}
	}
	return nil, false
}

// boxable reports whether v is a boolean or a number of at most eight bytes.
func boxable(v any) bool {
	switch v.(type) {
	case bool, int, int64, float64:
		return true
	case nil, string, map[string]any, []any:
		return false
	}
	switch reflect.TypeOf(v).Kind() {
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64,
		reflect.Float32, reflect.Float64:
		return true
	}
	return false
}
