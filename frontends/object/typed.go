package object

import (
	"encoding/base64"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/mesh-check/mesh-check/render/source"
)

// maxFaults is how many wrong fields of one object are reported.
const maxFaults = 10

// Typed is the k8s.io/api value of the object (*appsv1.Deployment, …), made of the
// field tree as the API server reads JSON: names are case-sensitive, unknown fields and
// unknown values are left out. It is nil for kinds that k8s.io/api does not have and
// where a field is of a wrong type. It is made anew each time: who looks at many
// objects has no room for it beside the tree. Checks read the tree; this is for tests of frontends, which
// hold that what they make is what Kubernetes reads.
func (o *Object) Typed() any {
	typed, faults := o.decodeTyped()
	if len(faults) > 0 {
		return nil
	}
	return typed
}

// TypeErrors are the fields of a wrong type, each an error at its place, and before them
// that of a kind which its group does not have; none for kinds that k8s.io/api does not
// have.
func (o *Object) TypeErrors() []*source.Error {
	_, faults := o.decodeTyped()
	var errs []*source.Error
	if wrong := o.wrongGroup(); wrong != nil {
		errs = append(errs, wrong)
	}
	for _, f := range faults {
		at := f.at.field(o.Root())
		errs = append(errs, &source.Error{
			What: printable(o.String()) + ": " + at.Path() + " " + f.what,
			Do:   f.do, At: at.Origin().Span,
		})
	}
	return errs
}

func (o *Object) decodeTyped() (typed any, faults []typedFault) {
	apiVersion := o.APIVersion
	if home := o.home(); home != "" {
		apiVersion = home
	}
	t, ok := kinds()[[2]string{apiVersion, o.Kind}]
	if !ok {
		return nil, nil
	}
	value := reflect.New(t)
	d := typedDecoder{}
	d.value(value.Elem(), o.Tree, nil)
	return value.Interface(), d.faults
}

// printable is a text of an input fit for one line of a message.
func printable(s string) string {
	if strings.ContainsFunc(s, unprintable) {
		return strconv.Quote(s)
	}
	return strings.TrimSpace(s)
}

// step is one step of the way from the object's root to a node.
type step struct {
	up    *step
	key   string
	index int // of a list; -1 for a key
}

// field follows the way from the root.
func (s *step) field(root Field) Field {
	if s == nil {
		return root
	}
	f := s.up.field(root)
	if s.index >= 0 {
		return f.Items()[s.index]
	}
	return f.Get(s.key)
}

type typedFault struct {
	at   *step
	what string
	do   string
}

// emptyAdvice is what to do about an empty text: mostly a template has put quotes around a value that is not given.
const emptyAdvice = "set the value, give it a default, demand it with required, or leave the field out where it is empty"

type typedDecoder struct{ faults []typedFault }

func (d *typedDecoder) fault(at *step, n *Node, want Kind) {
	if len(d.faults) >= maxFaults {
		return
	}
	f := typedFault{at: at, what: "must be " + article(want) + ", not " + article(n.Kind)}
	switch {
	case want == String && n.Scalar():
		f.do = "put it in quotes"
	case n.Kind == String && n.Text == "":
		f.what, f.do = "must be "+article(want)+", not an empty string", emptyAdvice
	case n.Kind == String && (want == Int || want == Bool || want == Float):
		f.do = "remove the quotes"
	}
	d.faults = append(d.faults, f)
}

// value fills v with what a node holds. Null and what is not known leave v as it is.
func (d *typedDecoder) value(v reflect.Value, n *Node, at *step) {
	if n == nil || n.Kind == Null || n.Kind == Unknown {
		return
	}
	t := v.Type()
	if t.Kind() != reflect.Pointer && reflect.PointerTo(t).Implements(unmarshalerType) {
		d.unmarshal(v, n, at)
		return
	}
	switch t.Kind() {
	case reflect.Pointer:
		elem := reflect.New(t.Elem())
		d.value(elem.Elem(), n, at)
		v.Set(elem)
	case reflect.Struct:
		d.object(v, n, at)
	case reflect.Map:
		d.dict(v, n, at)
	case reflect.Slice:
		d.slice(v, n, at)
	case reflect.Interface:
		if x := n.Interface(); x != nil {
			v.Set(reflect.ValueOf(x))
		}
	default:
		d.scalar(v, n, at)
	}
}

var unmarshalerType = reflect.TypeFor[json.Unmarshaler]()

// unmarshal hands the node as JSON to a type that reads itself: IntOrString,
// Quantity, Time, RawExtension.
func (d *typedDecoder) unmarshal(v reflect.Value, n *Node, at *step) {
	data, err := json.Marshal(n.Interface())
	if err == nil {
		err = v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(data)
	}
	if err != nil && len(d.faults) < maxFaults {
		f := typedFault{at: at, what: "is not a " + selfReading(v.Type().Name())}
		if n.Kind == String && n.Text == "" {
			f.what, f.do = "is \"\", which "+f.what, emptyAdvice
		}
		d.faults = append(d.faults, f)
	}
}

// selfReading is the name of a type that reads itself, for a message.
func selfReading(name string) string {
	switch name {
	case "IntOrString":
		return "whole number or string"
	case "Quantity":
		return "quantity such as 100m or 1Gi"
	case "Time", "MicroTime":
		return "time such as 2006-01-02T15:04:05Z"
	case "Duration":
		return "duration such as 30s"
	}
	return "valid " + name
}

func (d *typedDecoder) object(v reflect.Value, n *Node, at *step) {
	if n.Kind != Map {
		d.fault(at, n, Map)
		return
	}
	fields := fieldsOf(v.Type())
	for i := range n.Entries {
		e := &n.Entries[i]
		if index, ok := fields[e.Key]; ok {
			d.value(v.FieldByIndex(index), e.Value, &step{at, e.Key, -1})
		}
	}
}

func (d *typedDecoder) dict(v reflect.Value, n *Node, at *step) {
	if n.Kind != Map {
		d.fault(at, n, Map)
		return
	}
	t := v.Type()
	m := reflect.MakeMapWithSize(t, len(n.Entries))
	for i := range n.Entries {
		e := &n.Entries[i]
		if e.Value.Kind == Unknown {
			continue
		}
		elem := reflect.New(t.Elem()).Elem()
		d.value(elem, e.Value, &step{at, e.Key, -1})
		m.SetMapIndex(reflect.ValueOf(e.Key).Convert(t.Key()), elem)
	}
	v.Set(m)
}

func (d *typedDecoder) slice(v reflect.Value, n *Node, at *step) {
	t := v.Type()
	if t.Elem().Kind() == reflect.Uint8 {
		if n.Kind != String {
			d.fault(at, n, String)
			return
		}
		data, err := base64.StdEncoding.DecodeString(n.Text)
		if err != nil {
			d.faults = append(d.faults, typedFault{at: at, what: "is not base64"})
			return
		}
		v.SetBytes(data)
		return
	}
	if n.Kind != List {
		d.fault(at, n, List)
		return
	}
	s := reflect.MakeSlice(t, len(n.Items), len(n.Items))
	for i, item := range n.Items {
		d.value(s.Index(i), item, &step{at, "", i})
	}
	v.Set(s)
}

// fieldCache holds the JSON names of struct types: map[reflect.Type]map[string][]int.
var fieldCache sync.Map

// fieldsOf gives the JSON names of a struct and the way to their fields; inlined
// structs are part of their parent.
func fieldsOf(t reflect.Type) map[string][]int {
	if cached, ok := fieldCache.Load(t); ok {
		return cached.(map[string][]int)
	}
	fields := map[string][]int{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "-" || !f.IsExported() && !f.Anonymous:
		case name == "" && f.Type.Kind() == reflect.Struct && (f.Anonymous || strings.Contains(options, "inline")):
			for inner, index := range fieldsOf(f.Type) {
				if _, own := fields[inner]; !own {
					fields[inner] = append([]int{i}, index...)
				}
			}
		case name == "":
			fields[f.Name] = []int{i}
		default:
			fields[name] = []int{i}
		}
	}
	fieldCache.Store(t, fields)
	return fields
}
