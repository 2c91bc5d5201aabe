package explain

import (
	"bytes"
	"encoding/json"
	"strings"
	"text/template"

	"github.com/BurntSushi/toml"
	"github.com/Masterminds/sprig/v3"
	"sigs.k8s.io/yaml"
	goyaml "sigs.k8s.io/yaml/goyaml.v3"
)

// dataFuncs are the functions that turn data into text and text into data.
func (e *tracer) dataFuncs() template.FuncMap {
	base := sprig.TxtFuncMap()
	funcs := template.FuncMap{
		"toYaml":        e.writer("toYaml", "toYaml", indented, toYAML),
		"toYamlPretty":  e.writer("toYamlPretty", "toYaml", indented, toYAMLPretty),
		"toJson":        e.writer("toJson", "toJson", inOneLine, toJSON),
		"toToml":        e.writer("toToml", "toToml", withHeaders, toTOML),
		"fromYaml":      e.fromYAML,
		"fromYamlArray": e.fromYAMLArray,
		"fromJson":      e.fromJSON,
		"fromJsonArray": e.fromJSONArray,
		"fromToml":      e.fromTOML,
		"mustFromJson": func(s string) (any, error) {
			e.reads("mustFromJson", s)
			var v any
			err := json.Unmarshal([]byte(s), &v)
			return e.decode("mustFromJson", asJSON, s, v), err
		},
		"deepCopy": func(v any) any {
			e.copies("deepCopy", v)
			out, err := copyDeep(v)
			if err != nil {
				panic("deepCopy error: " + err.Error())
			}
			return out
		},
		"mustDeepCopy": func(v any) (any, error) {
			e.copies("mustDeepCopy", v)
			return copyDeep(v)
		},
	}
	for _, name := range []string{"toPrettyJson", "toRawJson"} {
		funcs[name] = e.writer(name, "toJson", indented, base[name].(func(any) string))
	}
	for _, name := range []string{"mustToJson", "mustToPrettyJson", "mustToRawJson"} {
		fn := base[name].(func(any) (string, error))
		funcs[name] = func(v any) (string, error) {
			e.makes(name, indented(e.weigh(name, v)))
			out, err := fn(v)
			return e.structured("toJson", out, v), err
		}
	}
	return funcs
}

// writer returns a function that writes data as text, with notes of where the
// text comes from: those of the function as. size says how long the text will be.
func (e *tracer) writer(name, as string, size func(*weigher) int, write func(any) string) func(any) string {
	return func(v any) string {
		e.makes(name, size(e.weigh(name, v)))
		return e.structured(as, write(v), v)
	}
}

// The sizes of data written as text, about.
func inOneLine(w *weigher) int   { return w.text }
func indented(w *weigher) int    { return sum(w.text, w.indent) }
func withHeaders(w *weigher) int { return sum(w.text, w.indent, w.headers) }

// copies measures a deep copy.
func (e *tracer) copies(name string, v any) {
	if !flat(v) {
		e.keep(entryCost * e.weigh(name, v).values)
	}
}

// reads measures reading a text as data: that takes a hundred times the memory of
// the text.
func (e *tracer) reads(name, text string) {
	e.decodeMost = max(e.decodeMost, len(text))
	if len(text) > e.limits.decode {
		panic(e.overDecode(name, len(text)))
	}
}

// toJSON is Helm's toJson: what cannot be written is empty.
func toJSON(v any) string {
	out, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(out)
}

// toYAML is Helm's toYaml: what cannot be written is empty.
func toYAML(v any) string {
	data, err := json.Marshal(v) // which is how yaml.Marshal begins
	if err != nil {
		return ""
	}
	key := viewString(data)
	if text, ok := yamlTexts.get(key); ok {
		return text
	}
	out, err := yaml.JSONToYAML(data)
	if err != nil {
		return ""
	}
	text := strings.TrimSuffix(string(out), "\n")
	yamlTexts.put(key, text, len(key)+len(text)+memoEntryCost)
	return text
}

// yamlTexts are the texts of data as YAML, by what it is as JSON.
var yamlTexts = memo[string]{most: 8 << 20}

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
func (e *tracer) structured(name, result string, v any) string {
	if result == "" {
		return e.out("")
	}
	w := weigher{limits: e.limits}
	w.walk(v)
	e.keep(entryCost * w.values)
	return e.fresh(name, result, freeze(v))
}

// The functions that read data return an error as data, as Helm's do.

func (e *tracer) fromYAML(s string) map[string]any {
	e.reads("fromYaml", s)
	m := readYAML(s)
	e.decode("fromYaml", asYAML, s, m)
	return m
}

// readYAML reads a text as a map, in memory that no other map has.
func readYAML(s string) map[string]any {
	if known, ok := yamlMaps.get(s); ok {
		return copyAnew(known).(map[string]any)
	}
	m := map[string]any{}
	if err := yaml.Unmarshal([]byte(s), &m); err != nil {
		m["Error"] = err.Error()
		return m
	}
	if w := (weigher{limits: defaultLimits}); w.walk(m) {
		yamlMaps.put(strings.Clone(s), copyAnew(m).(map[string]any), len(s)+w.text+entryCost*w.values+memoEntryCost)
	}
	return m
}

// yamlMaps are the maps that texts were read as.
var yamlMaps = memo[map[string]any]{most: 8 << 20}

func (e *tracer) fromYAMLArray(s string) []any {
	e.reads("fromYamlArray", s)
	a := []any{}
	if err := yaml.Unmarshal([]byte(s), &a); err != nil {
		return []any{err.Error()}
	}
	e.decode("fromYamlArray", asYAML, s, a)
	return a
}

func (e *tracer) fromJSON(s string) map[string]any {
	e.reads("fromJson", s)
	m := map[string]any{}
	if err := json.Unmarshal([]byte(s), &m); err != nil {
		m["Error"] = err.Error()
	}
	e.decode("fromJson", asJSON, s, m)
	return m
}

func (e *tracer) fromJSONArray(s string) []any {
	e.reads("fromJsonArray", s)
	a := []any{}
	if err := json.Unmarshal([]byte(s), &a); err != nil {
		return []any{err.Error()}
	}
	e.decode("fromJsonArray", asJSON, s, a)
	return a
}

func (e *tracer) fromTOML(s string) map[string]any {
	e.reads("fromToml", s)
	m := map[string]any{}
	if nesting(s) > e.limits.depth { // the reader of TOML goes down the stack without end
		panic(e.overData("fromToml"))
	}
	if err := toml.Unmarshal([]byte(s), &m); err != nil {
		m["Error"] = err.Error()
	}
	e.decode("fromToml", asTOML, s, m)
	return m
}

// nesting is how many brackets are open at the same time in a text, at most.
func nesting(text string) (deepest int) {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '[', '{':
			depth++
			deepest = max(deepest, depth)
		case ']', '}':
			depth = max(depth-1, 0)
		}
	}
	return deepest
}
