package example

import (
	"reflect"
	"slices"
	"strings"
	"unicode"
)

// maxPath is how many names the path of a setting may have, and maxName how many bytes a
// name: charts are not trusted, and what has a longer one is not the field of any type.
const maxPath, maxName = 50, 100

// Value is an example value for a setting of a chart that has the name of a field of
// Kubernetes, or ends in one (podAnnotations, extraEnvVars), and where the value lies,
// from the root on: the last of path is the name. has is the type of what is there:
// "string", "map", "list", "bool", "number", or "" for nothing (null).
//
// The value is as decoded from JSON, with int64 for whole numbers, and belongs to the
// caller. ok is false where no field is called so, where several are that have different
// values, and where the setting has another type than the field. A string where a number
// belongs is taken for a setting that is not set: charts write `nodePort: ""`.
func Value(path []string, has string) (value any, ok bool) {
	if len(path) == 0 || len(path) > maxPath || slices.ContainsFunc(path, func(name string) bool { return len(name) > maxName }) {
		return nil, false
	}
	value, ok = valueOf(path, has)
	if m, isMap := value.(map[string]any); isMap && len(m) == 1 && m[word] == word {
		// Labels of several settings meet in one object, which must not have a key twice.
		return map[string]any{named(path): word}, true
	}
	return value, ok
}

func valueOf(path []string, has string) (value any, ok bool) {
	if r, found := wordFor(path, has); found {
		return r.example(path)
	}
	name, above := path[len(path)-1], path[:len(path)-1]
	if owners, own := structsOf(above); len(owners) > 0 {
		fields := fieldsNamed(owners, name)
		if len(fields) > 0 {
			if value, ok = agreed(fields, has); ok || own {
				return value, ok
			}
		}
	}
	if value, ok = agreed(names()[name], has); ok {
		return value, true
	}
	for _, ending := range endingsOf(name) {
		if endings()[ending] {
			return agreed(names()[ending], has)
		}
	}
	return nil, false
}

// agreed is the example that all fields have that take what is there.
func agreed(fields []field, has string) (value any, ok bool) {
	for _, f := range fields {
		if !takes(f.of, has) {
			continue
		}
		v, found := f.example()
		switch {
		case !found || ok && !reflect.DeepEqual(v, value):
			return nil, false
		case has == "bool" && v != true, has == "number" && !number(v):
			return nil, false
		}
		value, ok = v, true
	}
	return value, ok
}

func number(v any) bool {
	_, whole := v.(int64)
	return whole
}

// takes reports whether a field of a type may be set where a chart has a value of another
// kind. Numbers, quantities and the like are often "" where they are not set.
func takes(t reflect.Type, has string) bool {
	kind := kindOf(t)
	switch has {
	case "":
		return kind != ""
	case "string":
		return kind == "string" || kind == "number" || kind == "either"
	case "number":
		return kind == "number" || kind == "either"
	}
	return kind == has
}

// structsOf are the types that the map at a path may be, of a field of Kubernetes or of a
// part of a chart that is named after one (service, persistence). own is whether the path
// is that of a field: what has one of its names is nothing else.
func structsOf(path []string) (owners []reflect.Type, own bool) {
	if len(path) == 0 {
		return nil, false
	}
	name, above := path[len(path)-1], path[:len(path)-1]
	if item(name) {
		return structsOf(above)
	}
	if up, _ := structsOf(above); len(up) > 0 {
		if inner := structs(fieldsNamed(up, name)); len(inner) > 0 {
			return inner, true
		}
	}
	for _, n := range append([]string{name}, endingsOf(name)...) {
		if section := sections()[n]; len(section) > 0 {
			return section, false
		}
		if n != name && !endings()[n] {
			continue
		}
		if inner := structs(names()[n]); len(inner) > 0 {
			return inner, true
		}
	}
	if len(above) > 0 { // ingress.admin, networkPolicy.metrics: one of several
		return sections()[above[len(above)-1]], false
	}
	return nil, false
}

// structs are the structs that fields are, or lists of them.
func structs(fields []field) (all []reflect.Type) {
	for _, f := range fields {
		t := f.of
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t.Kind() == reflect.Struct && kindOf(t) == "map" && !slices.Contains(all, t) {
			all = append(all, t)
		}
	}
	return all
}

func item(name string) bool {
	return name != "" && strings.TrimLeft(name, "0123456789") == ""
}

// endingsOf are the names that a name ends in, the longest first: of
// customLivenessProbe livenessProbe and probe.
func endingsOf(name string) (all []string) {
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			all = append(all, strings.ToLower(name[i:i+1])+name[i+1:])
		}
	}
	return all
}
