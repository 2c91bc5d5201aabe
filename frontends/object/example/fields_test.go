package example

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// eachField calls f with every field of the types of places that has an example.
func eachField(f func(p place, field field, value any)) (without []string) {
	for _, name := range slices.Sorted(maps.Keys(places())) {
		owner := structTypes()[name]
		for _, of := range slices.Sorted(maps.Keys(object.JSONFields(owner))) {
			field, ok := fieldOf(owner, of)
			if !ok {
				continue
			}
			if v, ok := field.example(); ok {
				f(places()[name], field, v)
			} else {
				without = append(without, name+"."+of)
			}
		}
	}
	return without
}

// TestFields holds that every example, in its place of an object, is what Kubernetes
// reads: by the strict decoder of its types, and by ours.
func TestFields(t *testing.T) {
	count := 0
	without := eachField(func(p place, f field, v any) {
		count++
		if odd := unsettable(v); odd != "" {
			t.Errorf("%s.%s: %s cannot be given by --set: %v", f.owner, f.name, odd, v)
		}
		text, err := json.Marshal(objectWith(t, p, f.name, v))
		if err != nil {
			t.Fatal(err)
		}
		typ, _ := object.TypeOf(p.apiVersion, p.kind)
		if err := yaml.UnmarshalStrict(text, reflect.New(typ).Interface()); err != nil {
			t.Errorf("%s.%s: %v: %s", f.owner, f.name, err, text)
		}
		objects, errs := manifest.Read("example.yaml", text)
		if len(objects) != 1 || len(errs) > 0 {
			t.Errorf("%s.%s: %d objects, %v: %s", f.owner, f.name, len(objects), errs, text)
		}
		for _, o := range objects {
			for _, err := range o.TypeErrors() {
				t.Errorf("%s.%s: %v: %s", f.owner, f.name, err, text)
			}
		}
	})
	t.Logf("%d fields have examples; without: %s", count, strings.Join(without, " "))
	if count < 190 {
		t.Errorf("only %d fields have examples", count)
	}
}

// unsettable is what of a value helm --set reads as something else: empty maps and lists,
// and texts that look like another type. Source: helm.sh/helm/v3/pkg/strvals.
func unsettable(v any) string {
	switch v := v.(type) {
	case map[string]any:
		for key, x := range v {
			if strings.ContainsAny(key, ".,[]={}") {
				return "the key " + key
			}
			if odd := unsettable(x); odd != "" {
				return odd
			}
		}
		if len(v) == 0 {
			return "an empty map"
		}
	case []any:
		for _, x := range v {
			if odd := unsettable(x); odd != "" {
				return odd
			}
		}
		if len(v) == 0 {
			return "an empty list"
		}
	case string:
		_, err := strconv.ParseInt(v, 10, 64)
		if err == nil || slices.Contains([]string{"true", "false", "null"}, strings.ToLower(v)) {
			return strconv.Quote(v)
		}
	}
	return ""
}

// objectWith is an object of the kind of a place with one field set there.
func objectWith(t *testing.T, p place, name string, value any) map[string]any {
	t.Helper()
	root := map[string]any{}
	at := root
	typ, _ := object.TypeOf(p.apiVersion, p.kind)
	for _, step := range p.path {
		typ = typ.FieldByIndex(object.JSONFields(typ)[step]).Type
		next := map[string]any{}
		if typ.Kind() == reflect.Slice {
			at[step] = []any{next}
		} else {
			at[step] = next
		}
		at, typ = next, elem(typ)
	}
	at[name] = value
	root["apiVersion"], root["kind"] = p.apiVersion, p.kind
	metadata, _ := root["metadata"].(map[string]any)
	if metadata == nil {
		metadata = map[string]any{}
		root["metadata"] = metadata
	}
	metadata["name"] = "web"
	return root
}

// TestTables holds that the rows of our tables are about something: types and fields that
// are there, and values that can be read.
func TestTables(t *testing.T) {
	reached := map[string]reflect.Type{}
	for _, owner := range structTypes() {
		reach(owner, reached)
	}
	for name, text := range filled() {
		typ := reached[name]
		if typ == nil || typ.Kind() != reflect.Struct {
			t.Errorf("no setting of a chart has the type %s", name)
			continue
		}
		v, ok := buildStruct(typ, 0)
		data, err := json.Marshal(v)
		if err == nil {
			err = yaml.UnmarshalStrict(data, reflect.New(typ).Interface())
		}
		if !ok || err != nil {
			t.Errorf("%s: %s: %v, %v", name, text, ok, err)
		}
	}
	for name := range fieldValues() {
		owner, of, _ := strings.Cut(name, ".")
		if typ := reached[owner]; typ == nil || object.JSONFields(typ)[of] == nil {
			t.Errorf("no setting of a chart is %s", name)
		}
	}
	for _, table := range []map[string]bool{never(), generic()} {
		for name := range table {
			if owner, of, ok := strings.Cut(name, "."); ok && (reached[owner] == nil || object.JSONFields(reached[owner])[of] == nil) {
				t.Errorf("no setting of a chart is %s", name)
			}
		}
	}
	for name := range endings() {
		if len(names()[name]) == 0 {
			t.Errorf("no field is called %s", name)
		}
	}
	for _, r := range slices.Concat(vocabulary, monitoring) {
		path := strings.Split(r.words, ".")
		v, ok := r.example(path)
		if r.value == "" && !ok {
			continue
		}
		if !ok {
			t.Errorf("%q has no example: %s", r.words, r.value)
		}
		if odd := unsettable(v); odd != "" {
			t.Errorf("%q: %s cannot be given by --set: %v", r.words, odd, v)
		}
		if got := kindOf(reflect.TypeOf(v)); got != r.has && (r.has != "string" || got != "number") {
			t.Errorf("%q is a %s and not a %s", r.words, got, r.has)
		}
		path[len(path)-1] = strings.ReplaceAll(path[len(path)-1], "*", "http")
		if again, ok := Value(path, r.has); !ok || r.value[0] != 'n' && r.value != labels && !reflect.DeepEqual(again, v) {
			t.Errorf("%v: %v, but the row %q says %v", path, again, r.words, v)
		}
	}
}

// reach collects the types below a type by their names.
func reach(t reflect.Type, all map[string]reflect.Type) {
	t = elem(t)
	for t.Kind() == reflect.Map {
		t = elem(t.Elem())
	}
	if t.Name() == "" || all[t.Name()] != nil {
		return
	}
	all[t.Name()] = t
	if t.Kind() != reflect.Struct || kindOf(t) != "map" {
		return
	}
	for _, index := range object.JSONFields(t) {
		reach(t.FieldByIndex(index).Type, all)
	}
}
