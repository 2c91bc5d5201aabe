package property

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

// Why go-sarif's structs do not marshal themselves: its constructors fill members with
// the schema's own defaults, which they write out ("rank": -1, "attachments": []), and
// its reader fills them with zeros. Written out they say nothing, make results half as
// large again, and the validator warns of them (SARIF2004). Encode leaves them out,
// whether a struct was made or read.

// presets are the texts and lists that go-sarif's constructors fill.
var presets = map[string]any{
	"kind":             "fail",
	"importance":       "important",
	"language":         "en-US",
	"newlineSequences": []string{"\r\n", "\n"},
	"contents":         []string{"localizedData", "nonLocalizedData"},
}

// needed are the lists that readers want even when they are empty.
var needed = map[string]bool{"runs": true, "results": true, "rules": true}

var (
	bagType  = reflect.TypeFor[sarif.PropertyBag]()
	sarifPkg = bagType.PkgPath()
)

// Encode writes a value of go-sarif as JSON on one line without its defaults, members in
// the order of the structs and the keys of maps sorted.
func Encode(b *bytes.Buffer, v any) error { return encode(b, v, false, nil) }

func encode(b *bytes.Buffer, v any, indented bool, written Written) error {
	e := encoder{Buffer: b, json: json.NewEncoder(b), indented: indented, written: written}
	e.json.SetEscapeHTML(false)
	return e.value(reflect.ValueOf(v))
}

// MarshalJSON writes the location without its defaults.
func (p *Place) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	err := Encode(&b, &p.Location)
	return b.Bytes(), err
}

// take reads what JSON was read into; what does not fit is left empty.
func (p *Place) take(from any) {
	if data, err := json.Marshal(from); err == nil {
		_ = json.Unmarshal(data, &p.Location) // of what does not fit the rest is read
	}
}

// encoder writes into a buffer, and what is not of go-sarif by encoding/json.
type encoder struct {
	*bytes.Buffer
	json     *json.Encoder
	indented bool
	depth    int // of brackets that are open
	written  Written
}

func (e *encoder) value(v reflect.Value) error {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			break
		}
		if len(e.written) > 0 {
			if text, ok := e.written[v.Interface()]; ok {
				e.moved(text)
				return nil
			}
		}
		return e.value(v.Elem())
	case reflect.Slice:
		return e.list(v)
	case reflect.Map:
		if v.Type().Elem().PkgPath() == sarifPkg {
			return e.dictionary(v)
		}
	case reflect.Struct:
		if v.Type() == bagType {
			return e.plain(content(v))
		}
		return e.object(v)
	case reflect.String:
		e.text(v.String())
		return nil
	case reflect.Int:
		e.Write(strconv.AppendInt(e.AvailableBuffer(), v.Int(), 10))
		return nil
	}
	return e.plain(v.Interface())
}

// plain writes what has nothing of go-sarif in it.
func (e *encoder) plain(v any) error {
	from := e.Len()
	if err := e.json.Encode(v); err != nil {
		return err
	}
	e.Truncate(e.Len() - 1) // its newline
	return e.indentFrom(from)
}

// text writes a text: most need no escapes.
func (e *encoder) text(s string) {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || s[i] == '"' || s[i] == '\\' {
			_ = e.plain(s) // every text can be written
			return
		}
	}
	e.WriteByte('"')
	e.WriteString(s)
	e.WriteByte('"')
}

func (e *encoder) list(v reflect.Value) error {
	e.open('[')
	for i := range v.Len() {
		e.next(i == 0)
		if err := e.value(v.Index(i)); err != nil {
			return err
		}
	}
	e.shut(']', v.Len() == 0)
	return nil
}

// dictionary writes a map of structs.
func (e *encoder) dictionary(v reflect.Value) error {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	e.open('{')
	for i, key := range keys {
		e.next(i == 0)
		e.text(key.String())
		e.colon()
		if err := e.value(v.MapIndex(key)); err != nil {
			return err
		}
	}
	e.shut('}', len(keys) == 0)
	return nil
}

func (e *encoder) object(v reflect.Value) error {
	e.open('{')
	first := true
	for i, name := range Members(v.Type()) {
		if name == "" || name == "-" || IsDefault(name, v.Field(i)) {
			continue
		}
		e.next(first)
		first = false
		e.text(name)
		e.colon()
		if err := e.value(v.Field(i)); err != nil {
			return err
		}
	}
	e.shut('}', first)
	return nil
}

// IsDefault reports whether a member of a struct of go-sarif says nothing that its absence
// would not say. Of the numbers that are no pointers 0 means the same as -1 in all that
// mesh-check writes, but for a ruleIndex; all bools of that kind are defaults.
func IsDefault(name string, v reflect.Value) bool {
	if preset, ok := presets[name]; ok && v.Kind() != reflect.Pointer && reflect.DeepEqual(v.Interface(), preset) {
		return true
	}
	switch v.Kind() {
	case reflect.Pointer:
		return v.IsNil() || v.Elem().Type() == bagType && empty(v.Elem())
	case reflect.Slice, reflect.Map:
		return v.Len() == 0 && !needed[name]
	case reflect.Int:
		return v.Int() == -1 || v.Int() == 0 && name != "ruleIndex"
	case reflect.Float64:
		return v.Float() == -1 || v.Float() == 0
	case reflect.Bool:
		return true
	case reflect.String:
		return v.Len() == 0
	default: // a struct
		return v.Type() == bagType && empty(v)
	}
}

func empty(bag reflect.Value) bool {
	b := bag.Interface().(sarif.PropertyBag)
	return len(b.Properties) == 0 && len(b.Tags) == 0
}

// content is what is written of a bag.
func content(bag reflect.Value) any {
	b := bag.Interface().(sarif.PropertyBag)
	if t, ok := b.Properties[typedKey].(typed); ok {
		return t.properties
	}
	return members(&b)
}

// names are the JSON names of the fields of structs, by type.
var names sync.Map

// Members are the names in JSON of the fields of a struct; empty: it is the field's own.
func Members(t reflect.Type) []string {
	if known, ok := names.Load(t); ok {
		return known.([]string)
	}
	all := make([]string, t.NumField())
	for i := range all {
		all[i], _, _ = strings.Cut(t.Field(i).Tag.Get("json"), ",")
	}
	names.Store(t, all)
	return all
}
