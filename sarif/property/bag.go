package property

import (
	"maps"
	"reflect"
	"slices"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/sarif/safetext"
)

// typed is the entry of a bag that holds its properties as a struct: go-sarif has only
// maps for them. No member of a log is of this type.
type typed struct{ properties any }

const typedKey = "\x00"

var placeType = reflect.TypeFor[Place]()

// Bag makes a bag of one of the structs, whose texts it cleans and of whose lists none is
// nil after. The struct belongs to the bag from then on.
func Bag[T any](p *T) *sarif.PropertyBag {
	return &sarif.PropertyBag{Properties: sarif.Properties{typedKey: typed{Tidy(p)}}}
}

// Tidy is a struct after its texts are clean and its lists not nil.
func Tidy[T any](p *T) *T {
	tidy(reflect.ValueOf(p).Elem())
	return p
}

// Read returns the properties of a bag as a struct: the bag's own, if Bag has made it, or
// one that begins as missing and takes those members of the bag that have the right
// shape. No list in it is nil.
func Read[T any](b *sarif.PropertyBag, missing T) *T {
	if b != nil {
		if t, ok := b.Properties[typedKey].(typed); ok {
			if p, ok := t.properties.(*T); ok {
				return p
			}
		}
	}
	p := &missing
	take(reflect.ValueOf(p).Elem(), members(b))
	return p
}

// ReadOnce is Read for a bag that is read often: the struct belongs to the bag from then
// on, and is what is written of it.
func ReadOnce[T any](b *sarif.PropertyBag, missing T) *T {
	p := Read(b, missing)
	if b != nil && b.Properties != nil {
		b.Properties[typedKey] = typed{p}
	}
	return p
}

// Foreign is a member of a bag that the struct does not have; empty: there is none.
func Foreign[T any](b *sarif.PropertyBag) string {
	known := Members(reflect.TypeFor[T]())
	for name := range members(b) {
		if name != typedKey && !slices.Contains(known, name) {
			return name
		}
	}
	return ""
}

// members is a bag that was read as the one JSON object that it was.
func members(b *sarif.PropertyBag) map[string]any {
	if b == nil {
		return nil
	}
	if len(b.Tags) == 0 {
		return b.Properties
	}
	all := map[string]any{"tags": b.Tags}
	maps.Copy(all, b.Properties)
	return all
}

// take sets a value to what JSON was read into, as far as that has its shape, and reports
// whether it has. A pointer is set where the member is there, of whatever shape.
func take(v reflect.Value, from any) bool {
	switch v.Kind() {
	case reflect.String:
		s, ok := from.(string)
		v.SetString(safetext.Clean(s))
		return ok
	case reflect.Int:
		n, ok := from.(float64)
		v.SetInt(int64(n))
		return ok
	case reflect.Bool:
		is, ok := from.(bool)
		if ok {
			v.SetBool(is)
		}
		return ok
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		take(v.Elem(), from)
		return true
	case reflect.Slice:
		return takeList(v, from)
	case reflect.Map:
		m, ok := from.(map[string]any)
		if ok {
			v.Set(reflect.MakeMapWithSize(v.Type(), len(m)))
		}
		for name, value := range m {
			one := reflect.New(v.Type().Elem()).Elem()
			take(one, value)
			v.SetMapIndex(reflect.ValueOf(safetext.Clean(name)), one)
		}
		return ok
	}
	if v.Type() == placeType {
		v.Addr().Interface().(*Place).take(from)
		return true
	}
	m, ok := from.(map[string]any)
	for i, name := range Members(v.Type()) {
		if value, there := m[name]; there || v.Field(i).Kind() == reflect.Slice {
			take(v.Field(i), value)
		}
	}
	return ok
}

// takeList takes the elements of a list that have the right shape.
func takeList(v reflect.Value, from any) bool {
	if tags, ok := from.([]string); ok {
		v.Set(reflect.ValueOf(safetext.CleanAll(tags)))
		return true
	}
	list, ok := from.([]any)
	all := reflect.MakeSlice(v.Type(), len(list), len(list))
	n := 0
	for _, e := range list {
		if take(all.Index(n), e) {
			n++
		}
	}
	v.Set(all.Slice(0, n))
	return ok
}

// tidy cleans the texts of a struct and makes its lists empty ones that are nil.
func tidy(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(safetext.Clean(v.String()))
	case reflect.Slice:
		if v.IsNil() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		for i := range v.Len() {
			tidy(v.Index(i))
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			one := reflect.New(v.Type().Elem()).Elem()
			one.Set(v.MapIndex(key))
			tidy(one)
			v.SetMapIndex(key, reflect.Value{}) // a key is a text like others
			v.SetMapIndex(reflect.ValueOf(safetext.Clean(key.String())), one)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			tidy(v.Elem())
		}
	case reflect.Struct:
		if v.Type() == placeType {
			return
		}
		for i := range v.NumField() {
			tidy(v.Field(i))
		}
	default: // a number or a bool
	}
}
