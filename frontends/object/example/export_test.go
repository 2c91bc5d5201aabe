package example

import "testing"

// EachExample calls f with an object for every field that has an example, as fields over
// those of the object's kind, and with the name of the field.
func EachExample(t *testing.T, f func(field string, object map[string]any)) {
	t.Helper()
	eachField(func(p place, field field, v any) {
		f(field.owner.Name()+"."+field.name, objectWith(t, p, field.name, v))
	})
}
