package example

import (
	"reflect"
	"sync"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// field is a field of a type of Kubernetes.
type field struct {
	owner reflect.Type
	name  string
	of    reflect.Type
}

// place is where a type of Kubernetes is found: a kind, and the fields down to it.
type place struct {
	apiVersion, kind string
	path             []string
}

// typeAt is the struct at a place, or the one of which there is a list.
func typeAt(p place) reflect.Type {
	t, ok := object.TypeOf(p.apiVersion, p.kind)
	if !ok {
		panic("no kind " + p.kind)
	}
	for _, name := range p.path {
		t = elem(t.FieldByIndex(object.JSONFields(t)[name]).Type)
	}
	return t
}

// elem is the type behind pointers and lists.
func elem(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return t
}

// structTypes are the types whose fields charts have settings for, by their names.
var structTypes = sync.OnceValue(func() map[string]reflect.Type {
	all := map[string]reflect.Type{}
	for name, p := range places() {
		all[name] = typeAt(p)
	}
	return all
})

// sections are the parts of a chart's values that are named after a kind, and the types
// of Kubernetes whose fields they have.
var sections = sync.OnceValue(func() map[string][]reflect.Type {
	all := map[string][]reflect.Type{}
	for name, types := range sectionTypes() {
		for _, t := range types {
			all[name] = append(all[name], structTypes()[t])
		}
	}
	return all
})

// names are the fields whose names mean the same wherever a chart has them.
var names = sync.OnceValue(func() map[string][]field {
	all := map[string][]field{}
	for _, owner := range structTypes() {
		for name := range object.JSONFields(owner) {
			if f, ok := fieldOf(owner, name); ok && !generic()[name] && !generic()[owner.Name()+"."+name] {
				all[name] = append(all[name], f)
			}
		}
	}
	return all
})

func fieldsNamed(owners []reflect.Type, name string) (all []field) {
	for _, owner := range owners {
		if f, ok := fieldOf(owner, name); ok {
			all = append(all, f)
		}
	}
	return all
}

// fieldOf is a field of a struct by its JSON name, if charts may set it.
func fieldOf(owner reflect.Type, name string) (f field, ok bool) {
	index, ok := object.JSONFields(owner)[name]
	if !ok || never()[owner.Name()+"."+name] || never()[name] {
		return field{}, false
	}
	if owner.Name() == "ObjectMeta" && !ofMetadata()[name] {
		return field{}, false
	}
	return field{owner, name, owner.FieldByIndex(index).Type}, true
}

// kindOf is what a type is in JSON; "either" where that is a number or a string, "" where
// it may be anything.
func kindOf(t reflect.Type) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Name() {
	case "IntOrString", "Quantity":
		return "either"
	case "Time", "MicroTime", "Duration":
		return "string"
	case "RawExtension", "FieldsV1":
		return ""
	}
	switch t.Kind() {
	case reflect.Struct, reflect.Map:
		return "map"
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return "string"
		}
		return "list"
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "bool"
	case reflect.Int, reflect.Int32, reflect.Int64:
		return "number"
	}
	return ""
}
