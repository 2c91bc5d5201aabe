package explain

import (
	"reflect"
	"unsafe"
)

// This file holds every use of unsafe in the package. What it rests on:
//
//   - Objects on Go's heap do not move, so that the address of a string's bytes
//     is an identity for as long as something keeps those bytes alive. Whatever
//     is registered stays reachable from its registry.
//   - Strings are never written to. A []byte made from one here is only handed
//     to readers: io.Writer.Write must not modify its argument.
//   - An interface is two words, type and data; for a type that is no pointer,
//     the data word points to the value, which is never written to either.
//
// If a future Go breaks one of these, identities are no longer found, places
// become coarser (the action instead of the value), and the tests of this
// package say so; a wrong place cannot come of it, because only memory that the
// registry itself has allocated is ever looked up.

// eface is how Go lays out an interface without methods.
type eface struct {
	typ, data unsafe.Pointer
}

// address is where a string's bytes lie. The address of an empty string means
// nothing.
func address(s string) uintptr {
	return uintptr(unsafe.Pointer(unsafe.StringData(s)))
}

// viewBytes returns the bytes of a string without copying them; for reading only.
func viewBytes(s string) []byte {
	return unsafe.Slice(unsafe.StringData(s), len(s))
}

// viewString returns bytes as a string without copying them; they must not be
// written to afterwards.
func viewString(b []byte) string {
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// boxAddress is where the value of an interface lies.
func boxAddress(v any) uintptr {
	return uintptr((*eface)(unsafe.Pointer(&v)).data)
}

// boxIn returns v, a bool or a number, in an interface whose data is in slot.
func boxIn(v any, slot *uint64) any {
	e := (*eface)(unsafe.Pointer(&v))
	switch reflect.TypeOf(v).Size() {
	case 1:
		*(*uint8)(unsafe.Pointer(slot)) = *(*uint8)(e.data)
	case 2:
		*(*uint16)(unsafe.Pointer(slot)) = *(*uint16)(e.data)
	case 4:
		*(*uint32)(unsafe.Pointer(slot)) = *(*uint32)(e.data)
	default:
		*slot = *(*uint64)(e.data)
	}
	e.data = unsafe.Pointer(slot)
	return v
}
