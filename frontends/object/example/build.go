package example

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// maxNesting is how deep types are followed; those that charts set are not half as deep.
const maxNesting = 12

// example is an example value of a field: that of its table, or one made of its type.
func (f field) example() (any, bool) { return f.exampleAt(0) }

func (f field) exampleAt(depth int) (any, bool) {
	if text, ok := fieldValues()[f.owner.Name()+"."+f.name]; ok {
		return decode(text), true
	}
	return build(f.of, depth)
}

// build makes the smallest value of a type: of a struct the fields that its tags require,
// and those without which it says nothing (filled); one entry of a map or list. None is
// empty, and no text looks like a number or a bool: --set takes it for one.
func build(t reflect.Type, depth int) (any, bool) {
	if depth > maxNesting {
		return nil, false
	}
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if text, ok := enums()[t.Name()]; ok {
		return text, true
	}
	switch t.Name() {
	case "Quantity":
		return "1Gi", true
	case "IntOrString":
		return int64(1), true
	case "Duration":
		return "30s", true
	case "ResourceList":
		return decode(`{"cpu":"100m","memory":"128Mi"}`), true
	}
	switch t.Kind() {
	case reflect.Struct:
		if kindOf(t) == "map" {
			return buildStruct(t, depth)
		}
	case reflect.Map:
		v, ok := build(t.Elem(), depth+1)
		return map[string]any{word: v}, ok
	case reflect.Slice:
		if t.Elem().Kind() != reflect.Uint8 {
			v, ok := build(t.Elem(), depth+1)
			return []any{v}, ok
		}
	case reflect.String:
		return word, t.PkgPath() == "" // a type of its own has constants, and belongs to enums
	case reflect.Bool:
		return true, true
	case reflect.Int32, reflect.Int64:
		return int64(1), true
	}
	return nil, false
}

// buildStruct is false for a struct that has neither required fields nor a row: nothing
// says which of its fields make sense together.
func buildStruct(t reflect.Type, depth int) (any, bool) {
	made := map[string]any{}
	if text, ok := filled()[t.Name()]; ok {
		made = decode(text).(map[string]any)
	}
	for name, index := range object.JSONFields(t) {
		f := t.FieldByIndex(index)
		if _, given := made[name]; given || !required(f) {
			continue
		}
		v, ok := field{t, name, f.Type}.exampleAt(depth + 1)
		if !ok {
			return nil, false
		}
		made[name] = v
	}
	return made, len(made) > 0
}

// required is whether a field is written even if it is empty: Kubernetes asks for those,
// apart from pointers and maps, which may be null.
func required(f reflect.StructField) bool {
	switch f.Type.Kind() {
	case reflect.Pointer, reflect.Map:
		return false
	}
	tag := f.Tag.Get("json")
	return !strings.Contains(tag, ",omitempty") && !strings.Contains(tag, ",inline") && !strings.Contains(tag, ",omitzero")
}

// decode reads a value of our tables, anew each time.
func decode(text string) any {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		panic("a table of examples: " + err.Error() + ": " + text)
	}
	return whole(v)
}

// whole turns numbers into int64: our tables have no others.
func whole(v any) any {
	switch v := v.(type) {
	case json.Number:
		n, err := v.Int64()
		if err != nil {
			panic("a table of examples: " + err.Error())
		}
		return n
	case map[string]any:
		for key, x := range v {
			v[key] = whole(x)
		}
	case []any:
		for i, x := range v {
			v[i] = whole(x)
		}
	}
	return v
}
