package render

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
