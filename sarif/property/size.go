package property

import (
	"reflect"
	"strings"
)

// Size is about how many bytes of JSON a struct takes. It is the same whether the struct
// was just made or read, and decides what a log has room for.
func Size[T any](p *T) int { return size(reflect.ValueOf(p).Elem()) }

func size(v reflect.Value) (n int) {
	const each = 8 // what stands around a value
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return size(v.Elem())
	case reflect.String:
		n = v.Len()
	case reflect.Slice:
		for i := range v.Len() {
			n += size(v.Index(i))
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			n += key.Len() + size(v.MapIndex(key))
		}
	case reflect.Struct:
		if v.Type() == placeType {
			return size(v.Field(0))
		}
		if v.Type() == bagType {
			return size(reflect.ValueOf(content(v)))
		}
		for i, name := range Members(v.Type()) {
			if !omitted(v, i, name) {
				n += len(name) + size(v.Field(i))
			}
		}
	default: // a number or a bool
	}
	return n + each
}

// omitted reports whether a member is not written.
func omitted(v reflect.Value, i int, name string) bool {
	field := v.Field(i)
	if v.Type().PkgPath() == sarifPkg {
		return IsDefault(name, field)
	}
	if !strings.HasSuffix(v.Type().Field(i).Tag.Get("json"), ",omitempty") {
		return false
	}
	return field.IsZero() || (field.Kind() == reflect.Slice || field.Kind() == reflect.Map) && field.Len() == 0
}
