package explain

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// fmt prints the address of a pointer that lies inside something, and of what %p is
// given. It is another one in each run, so that a fixed one takes its place.

// fixedAddress is an address as Go's memory has them.
const fixedAddress = 0xc000000000

// pointerVerb is a verb of printf that prints addresses.
var pointerVerb = regexp.MustCompile(`%[-+# 0-9.*\[\]]*p`)

// maxAddresses is how many addresses of one call are looked for.
const maxAddresses = 1000

// withoutAddresses is a text that was printed of arguments, with a fixed address in
// place of those of the arguments.
func withoutAddresses(text string, args []any) string {
	found := map[uintptr]bool{}
	for _, arg := range args {
		v := reflect.ValueOf(arg)
		switch v.Kind() {
		case reflect.Map, reflect.Slice, reflect.Func, reflect.Chan, reflect.UnsafePointer:
			found[v.Pointer()] = true
		}
		addresses(v, found, 0)
	}
	for at := range found {
		for _, base := range []int{16, 10, 8, 2} {
			digits, fixed := strconv.FormatUint(uint64(at), base), strconv.FormatUint(fixedAddress, base)
			if len(digits) >= 6 {
				text = strings.ReplaceAll(text, digits, fixed)
				text = strings.ReplaceAll(text, strings.ToUpper(digits), strings.ToUpper(fixed))
			}
		}
	}
	return text
}

// addresses collects those of the pointers in a value.
func addresses(v reflect.Value, found map[uintptr]bool, depth int) {
	if len(found) > maxAddresses || depth > 100 {
		return
	}
	switch v.Kind() {
	case reflect.Interface:
		addresses(v.Elem(), found, depth)
	case reflect.Pointer:
		if !v.IsNil() && !found[v.Pointer()] {
			found[v.Pointer()] = true
			addresses(v.Elem(), found, depth+1)
		}
	case reflect.Map:
		for entry := v.MapRange(); entry.Next(); {
			addresses(entry.Value(), found, depth+1)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if !holdsOthers(v.Index(i).Kind()) {
				return // all are of this kind
			}
			addresses(v.Index(i), found, depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			addresses(v.Field(i), found, depth+1)
		}
	}
}

func holdsOthers(k reflect.Kind) bool {
	switch k {
	case reflect.Interface, reflect.Pointer, reflect.Map, reflect.Slice, reflect.Array, reflect.Struct:
		return true
	}
	return false
}

// printedAddress is a value that an action is about to print, as text/template prints
// it, where that has an address in it.
func (e *tracer) printedAddress(v any) (string, bool) {
	if !e.pointed {
		return "", false
	}
	in := reflect.ValueOf(v)
	for in.Kind() == reflect.Pointer && !in.IsNil() {
		if _, is := in.Interface().(fmt.Stringer); is {
			return "", false
		}
		in = in.Elem()
	}
	if !in.CanInterface() {
		return "", false
	}
	text := fmt.Sprint(in.Interface())
	fixed := withoutAddresses(text, []any{v})
	return fixed, fixed != text
}
