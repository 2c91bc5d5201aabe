package render

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"text/template"

	"github.com/BurntSushi/toml"
	"github.com/Masterminds/sprig/v3"
	"sigs.k8s.io/yaml"
	goyaml "sigs.k8s.io/yaml/goyaml.v3"
)

// dataFuncs are the functions that turn data into text and text into data.
func (e *explainer) dataFuncs() template.FuncMap {
	base := sprig.TxtFuncMap()
	funcs := template.FuncMap{
		"toYaml":       func(v any) string { return e.structured("toYaml", toYAML(v), v) },
		"toYamlPretty": func(v any) string { return e.structured("toYaml", toYAMLPretty(v), v) },
		"toJson": func(v any) string {
			out, _ := json.Marshal(v)
			return e.structured("toJson", string(out), v)
		},
		"toToml":        func(v any) string { return e.structured("toToml", toTOML(v), v) },
		"fromYaml":      e.fromYAML,
		"fromYamlArray": e.fromYAMLArray,
		"fromJson":      e.fromJSON,
		"fromJsonArray": e.fromJSONArray,
		"fromToml":      e.fromTOML,
		"mustFromJson": func(s string) (any, error) {
			var v any
			err := json.Unmarshal([]byte(s), &v)
			return e.decode(asJSON, s, v), err
		},
		"deepCopy": func(v any) any {
			out, err := copyDeep(v)
			if err != nil {
				panic("deepCopy error: " + err.Error())
			}
			return out
		},
		"mustDeepCopy": copyDeep,
	}
	for _, name := range []string{"toPrettyJson", "toRawJson"} {
		fn := base[name].(func(any) string)
		funcs[name] = func(v any) string { return e.structured("toJson", fn(v), v) }
	}
	for _, name := range []string{"mustToJson", "mustToPrettyJson", "mustToRawJson"} {
		fn := base[name].(func(any) (string, error))
		funcs[name] = func(v any) (string, error) {
			out, err := fn(v)
			return e.structured("toJson", out, v), err
		}
	}
	return funcs
}

// toYAML is Helm's toYaml: what cannot be written is empty.
func toYAML(v any) string {
	data, err := yaml.Marshal(v)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(string(data), "\n")
}

func toYAMLPretty(v any) string {
	var data bytes.Buffer
	encoder := goyaml.NewEncoder(&data)
	encoder.SetIndent(2)
	if err := encoder.Encode(v); err != nil {
		return ""
	}
	return strings.TrimSuffix(data.String(), "\n")
}

// toTOML is Helm's toToml: an error is the result.
func toTOML(v any) string {
	var data bytes.Buffer
	if err := toml.NewEncoder(&data).Encode(v); err != nil {
		return err.Error()
	}
	return data.String()
}

// structured notes a text that was made of data. The data may change after the
// call, so that a frozen copy of its structure is kept.
func (e *explainer) structured(name, result string, v any) string {
	if result == "" {
		return e.out("")
	}
	return e.fresh(name, result, freeze(v))
}

// The functions that read data return an error as data, as Helm's do.

func (e *explainer) fromYAML(s string) map[string]any {
	m := map[string]any{}
	if err := yaml.Unmarshal([]byte(s), &m); err != nil {
		m["Error"] = err.Error()
	}
	e.decode(asYAML, s, m)
	return m
}

func (e *explainer) fromYAMLArray(s string) []any {
	a := []any{}
	if err := yaml.Unmarshal([]byte(s), &a); err != nil {
		return []any{err.Error()}
	}
	e.decode(asYAML, s, a)
	return a
}

func (e *explainer) fromJSON(s string) map[string]any {
	m := map[string]any{}
	if err := json.Unmarshal([]byte(s), &m); err != nil {
		m["Error"] = err.Error()
	}
	e.decode(asJSON, s, m)
	return m
}

func (e *explainer) fromJSONArray(s string) []any {
	a := []any{}
	if err := json.Unmarshal([]byte(s), &a); err != nil {
		return []any{err.Error()}
	}
	e.decode(asJSON, s, a)
	return a
}

func (e *explainer) fromTOML(s string) map[string]any {
	m := map[string]any{}
	if err := toml.Unmarshal([]byte(s), &m); err != nil {
		m["Error"] = err.Error()
	}
	e.decode(asTOML, s, m)
	return m
}

// frozenMap and frozenList are the structure of data at one moment; strings and
// boxed values in them are those of the data.
type frozenMap struct {
	keys   []string
	values []any
}

type frozenList []any

// freeze copies the structure of data. The data must have no circle: it has
// just been written as text.
func freeze(v any) any {
	switch v := v.(type) {
	case map[string]any:
		m := &frozenMap{make([]string, 0, len(v)), make([]any, 0, len(v))}
		for k, item := range v {
			m.keys = append(m.keys, k)
			m.values = append(m.values, freeze(item))
		}
		return m
	case []any:
		list := make(frozenList, len(v))
		for i, item := range v {
			list[i] = freeze(item)
		}
		return list
	case nil, string, bool, int, int64, float64:
		return v
	}
	return freezeOther(reflect.ValueOf(v))
}

// freezeOther is freeze for typed maps and lists and for structs, whose fields
// have the names that JSON gives them.
func freezeOther(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return freeze(v.Elem().Interface())
	case reflect.Map:
		m := &frozenMap{}
		for it := v.MapRange(); it.Next(); {
			if it.Key().Kind() != reflect.String {
				return nil
			}
			m.keys = append(m.keys, it.Key().String())
			m.values = append(m.values, freeze(it.Value().Interface()))
		}
		return m
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return v.Interface()
		}
		list := make(frozenList, v.Len())
		for i := range list {
			list[i] = freeze(v.Index(i).Interface())
		}
		return list
	case reflect.Struct:
		m := &frozenMap{}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			switch {
			case !f.IsExported() || name == "-":
			case f.Anonymous && name == "":
				if inner, ok := freeze(v.Field(i).Interface()).(*frozenMap); ok {
					m.keys, m.values = append(m.keys, inner.keys...), append(m.values, inner.values...)
				}
			default:
				if name == "" {
					name = f.Name
				}
				m.keys = append(m.keys, name)
				m.values = append(m.values, freeze(v.Field(i).Interface()))
			}
		}
		return m
	}
	return v.Interface()
}

// get returns the value of a key, and the key in the memory that it has in the
// map.
func (m *frozenMap) get(key string) (string, any, bool) {
	for i, k := range m.keys {
		if k == key {
			return k, m.values[i], true
		}
	}
	return "", nil, false
}

// own gives memory of its own to those values of fresh data that Go may share
// with others: booleans, whole numbers, zero, strings of one byte. What is left
// is memory that only this data has.
func (e *explainer) own(v any, path []any, d *decoded) any {
	switch v := v.(type) {
	case map[string]any:
		var short []string
		for k, item := range v {
			if len(k) == 1 {
				short = append(short, k)
			}
			if mayShare(item) {
				v[k] = e.own(item, append(path, k), d)
			} else {
				e.own(item, append(path, k), d)
			}
		}
		for _, k := range short {
			item := v[k]
			delete(v, k)
			v[e.put(k, &decodedAt{d, append([]any(nil), append(path, k)...), true})] = item
		}
		return v
	case []any:
		for i, item := range v {
			if mayShare(item) {
				v[i] = e.own(item, append(path, i), d)
			} else {
				e.own(item, append(path, i), d)
			}
		}
		return v
	case string:
		if mayShare(v) {
			return e.put(v, &decodedAt{d, append([]any(nil), path...), false})
		}
		return v
	}
	if mayShare(v) {
		return e.box(v, &decodedAt{d, append([]any(nil), path...), false})
	}
	return v
}

// mayShare says whether Go may have the value in memory that others have too.
func mayShare(v any) bool {
	switch v := v.(type) {
	case string:
		return len(v) == 1
	case float64:
		return math.Float64bits(v) < 256
	case map[string]any, []any, nil:
		return false
	}
	return boxable(v)
}

// copyDeep copies maps and lists; strings, booleans and numbers in them stay the
// same memory, since nothing writes to them. Anything else is left to sprig.
func copyDeep(v any) (any, error) {
	if plainData(v, 0) {
		return copyData(v), nil
	}
	return sprigDeepCopy(v)
}

var sprigDeepCopy = sprig.TxtFuncMap()["mustDeepCopy"].(func(any) (any, error))

// plainData says whether v is made of maps, lists and scalars alone, none of
// them nil but scalars, and no deeper than data usually is.
func plainData(v any, depth int) bool {
	switch v := v.(type) {
	case map[string]any:
		if v == nil || depth > 1000 {
			return false
		}
		for _, item := range v {
			if !plainData(item, depth+1) {
				return false
			}
		}
		return true
	case []any:
		if v == nil || depth > 1000 {
			return false
		}
		for _, item := range v {
			if !plainData(item, depth+1) {
				return false
			}
		}
		return true
	case string:
		return true
	case nil:
		return depth > 0
	}
	return boxable(v)
}

func copyData(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, item := range v {
			out[k] = copyData(item)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = copyData(item)
		}
		return out
	}
	return v
}
