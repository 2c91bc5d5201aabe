package sarif

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

// presets are the members that go-sarif's constructors fill with the schema's own
// default; written out they say nothing and the validator warns of them (SARIF2004).
// Numbers of -1, empty texts and empty lists go by their value.
var presets = map[string]any{
	"kind":             "fail",
	"importance":       "important",
	"language":         "en-US",
	"newlineSequences": []string{"\r\n", "\n"},
	"contents":         []string{"localizedData", "nonLocalizedData"},
	"enabled":          true,
	"isComprehensive":  false,
}

// needed are the lists that readers want even when they are empty.
var needed = map[string]bool{"runs": true, "results": true, "rules": true}

var (
	bagType  = reflect.TypeFor[sarif.PropertyBag]()
	sarifPkg = bagType.PkgPath()
)

// encode writes a value of go-sarif as JSON without its defaults, members in the
// order of the structs and the keys of maps sorted.
func encode(b *bytes.Buffer, v any) error { return encodeValue(b, reflect.ValueOf(v)) }

func encodeValue(b *bytes.Buffer, v reflect.Value) error {
	if !v.IsValid() {
		b.WriteString("null")
		return nil
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			b.WriteString("null")
			return nil
		}
		return encodeValue(b, v.Elem())
	case reflect.Slice:
		b.WriteByte('[')
		for i := range v.Len() {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := encodeValue(b, v.Index(i)); err != nil {
				return err
			}
		}
		b.WriteByte(']')
		return nil
	case reflect.Map:
		return encodeMap(b, v)
	case reflect.Struct:
		if v.Type() == bagType {
			return encodeValue(b, reflect.ValueOf(bagMap(v.Interface().(sarif.PropertyBag))))
		}
		if v.Type().PkgPath() == sarifPkg {
			return encodeStruct(b, v)
		}
	default: // a scalar
	}
	return encodeScalar(b, v.Interface())
}

func encodeScalar(b *bytes.Buffer, v any) error {
	if s, ok := v.(string); ok && plain(s) && !strings.ContainsAny(s, `"\`) {
		b.WriteByte('"')
		b.WriteString(s)
		b.WriteByte('"')
		return nil
	}
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // the Encoder's newline
	return nil
}

func encodeMap(b *bytes.Buffer, v reflect.Value) error {
	keys := make([]string, 0, v.Len())
	for _, k := range v.MapKeys() {
		keys = append(keys, k.String())
	}
	slices.Sort(keys)
	b.WriteByte('{')
	for i, key := range keys {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := encodeScalar(b, key); err != nil {
			return err
		}
		b.WriteByte(':')
		if err := encodeValue(b, v.MapIndex(reflect.ValueOf(key))); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

// members are the JSON names of the fields of go-sarif's structs, by type.
var members sync.Map

func membersOf(t reflect.Type) []string {
	if names, ok := members.Load(t); ok {
		return names.([]string)
	}
	names := make([]string, t.NumField())
	for i := range names {
		names[i], _, _ = strings.Cut(t.Field(i).Tag.Get("json"), ",")
	}
	members.Store(t, names)
	return names
}

func encodeStruct(b *bytes.Buffer, v reflect.Value) error {
	b.WriteByte('{')
	first := true
	for i, name := range membersOf(v.Type()) {
		if name == "" || name == "-" || isDefault(name, v.Field(i)) {
			continue
		}
		if !first {
			b.WriteByte(',')
		}
		first = false
		if err := encodeScalar(b, name); err != nil {
			return err
		}
		b.WriteByte(':')
		if err := encodeValue(b, v.Field(i)); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

// isDefault reports whether a member says nothing that its absence would not say.
func isDefault(name string, v reflect.Value) bool {
	if preset, ok := presets[name]; ok && v.Kind() != reflect.Pointer {
		if reflect.DeepEqual(v.Interface(), preset) {
			return true
		}
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return v.IsNil() || v.Elem().Type() == bagType && len(bagMap(v.Elem().Interface().(sarif.PropertyBag))) == 0
	case reflect.Slice, reflect.Map:
		return v.Len() == 0 && !needed[name]
	case reflect.Int:
		return v.Int() == -1
	case reflect.Float64:
		return v.Float() == -1
	case reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return v.Type() == bagType && len(bagMap(v.Interface().(sarif.PropertyBag))) == 0
	default: // a bool that is no preset always says something
		return false
	}
}

// bagMap is a property bag as the one JSON object that it is.
func bagMap(bag sarif.PropertyBag) map[string]any {
	m := maps.Clone(map[string]any(bag.Properties))
	if len(bag.Tags) > 0 {
		if m == nil {
			m = map[string]any{}
		}
		m["tags"] = bag.Tags
	}
	return m
}
