package explore

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/template"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/explore/documented"
)

// sources say which values a setting may have.
type sources struct {
	parts     []chart.Part
	documents []*documented.Documents // of each part
	example   func(path []string, has string) (any, bool)
	values    map[string]any // of the root, as the last render had them
	all       bool           // guessed values too
	unwanted  func(any) bool
	hides     func([]string) bool
	guessed   bool // a value was left out because nobody has named it
}

func newSources(c *chart.Chart, o Options) *sources {
	s := &sources{parts: c.Parts(), example: o.Example, all: o.All, unwanted: o.Unwanted, hides: o.Hides}
	for i, p := range s.parts {
		if i == 0 {
			p.Examples = slices.Concat(p.Examples, o.Examples)
		}
		s.documents = append(s.documents, documented.Read(p.Values, p.Schema).With(documented.Texts{Readme: p.Readme, Examples: p.Examples, Templates: p.Templates}))
	}
	return s
}

// maxAlternatives is how many values of one setting are tried, one after the other.
const maxAlternatives = 4

// alternatives are the settings that a plan comes to: each of them is the plan as a whole.
func (s *sources) alternatives(p plan) (all [][]Setting) {
	each := make([][]Setting, len(p))
	most := 0
	for i, n := range p {
		each[i] = s.of(n)
		if len(each[i]) == 0 {
			return nil
		}
		most = max(most, len(each[i]))
	}
	for k := range min(most, maxAlternatives) {
		var one []Setting
		for _, own := range each {
			one = with(one, own[min(k, len(own)-1)])
		}
		all = append(all, one)
	}
	return all
}

// of are the settings that fulfill a need, the best one first.
func (s *sources) of(n need) (all []Setting) {
	if n.path != nil && len(n.path) == 0 {
		return nil // all values as a whole
	}
	add := func(value any, basis Basis) {
		if basis >= Guess && !s.all {
			s.guessed = true
		}
		if basis >= Guess && !s.all || s.unwanted != nil && s.unwanted(value) {
			return
		}
		if value == true && basis < Off && s.hides != nil && s.hides(keysOf(n.path)) {
			basis = Off
		}
		one, ok := s.set(n.path, value, basis)
		if ok && !slices.ContainsFunc(all, one.same) && !reflect.DeepEqual(value, n.data) {
			all = append(all, one)
		}
	}
	switch n.what {
	case hasAPI:
		return []Setting{{Flag: "api-versions", Text: n.text.(string), Basis: Capability}}
	case isUpgrade:
		return []Setting{{Flag: "is-upgrade", Basis: Capability}}
	case hasVersion, hasNotVersion:
		if version, ok := kubernetes(n.text.(string), n.what == hasVersion); ok {
			return []Setting{{Flag: "kube-version", Text: version, Basis: Capability}}
		}
	case isTrue:
		s.true(n, add)
	case isFalse:
		s.false(n, add)
	case isEqual:
		s.equal(n, add)
	case isOther:
		if b, ok := n.data.(bool); ok {
			s.equal(need{path: n.path, data: b, text: !b}, add)
		}
		for _, d := range s.documentedAt(n.path) {
			if asText(d.Value) != asText(n.text) && kindOf(d.Value) == kindOf(n.text) {
				add(d.Value, Comment)
			}
		}
		if _, ok := n.text.(string); ok {
			add("example", Guess)
		}
	case hasItem:
		list, _ := n.data.([]any)
		if n.data == nil || list != nil {
			known, _ := masked(list, nameOf(n.path)).([]any)
			if add(append(known, n.text), Literal); len(all) > 0 {
				all[0].Masked = !slices.EqualFunc(known, list, reflect.DeepEqual)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Setting) int { return int(a.Basis) - int(b.Basis) })
	return all
}

// true gives a value that is true.
func (s *sources) true(n need, add func(any, Basis)) {
	has := kindOf(n.data)
	if has == "bool" {
		add(true, Switch)
		return
	}
	if isCondition(s.parts, n.path) {
		add(true, Switch)
	}
	for _, d := range s.documentedAt(n.path) {
		if is, _ := template.IsTrue(d.Value); is && !hollow(d.Value) && (has == "" || kindOf(d.Value) == has) {
			add(d.Value, Comment)
		}
	}
	if value, ok := s.kubernetes(n.path, has); ok {
		add(value, Example)
	}
	switch has {
	case "number":
		add(int64(1), Example)
	case "string":
		add("example", Guess)
	case "map", "list", "":
		last, _ := n.path[len(n.path)-1].(string)
		if has == "" && !n.ranges && isSwitchName(last) {
			add(true, Guess)
		}
		for _, kind := range []string{"map", "list"} { // a name that Kubernetes has with several types
			if value, ok := s.kubernetes(n.path, kind); has == "" && ok {
				add(value, Guess)
			}
		}
		for _, value := range shapes(n, has, s.example) {
			add(value, Guess)
		}
	}
}

// hollow reports whether an example leaves out what it has the names for, such as [{name: x, port: }]:
// it says how the value is built, and not what it is.
func hollow(value any) bool {
	switch v := value.(type) {
	case []any:
		return slices.ContainsFunc(v, hollow)
	case map[string]any:
		for _, below := range v {
			if below == nil || hollow(below) {
				return true
			}
		}
	}
	return false
}

// isSwitchName reports whether a key that is not set is one that people set to true.
func isSwitchName(key string) bool {
	key = strings.ToLower(key)
	for _, end := range []string{"enabled", "enable", "create", "install", "disabled"} {
		if strings.HasSuffix(key, end) {
			return true
		}
	}
	return false
}

// false gives a value that is false.
func (s *sources) false(n need, add func(any, Basis)) {
	switch kindOf(n.data) {
	case "bool":
		add(false, Off)
	case "string":
		add("", Removed)
	case "number":
		add(int64(0), Removed)
	case "list":
		add([]any{}, Removed)
	case "map":
		add(nil, Removed)
	}
}

// equal gives the value that a template compares with.
func (s *sources) equal(n need, add func(any, Basis)) {
	switch text := n.text.(type) {
	case bool:
		switch _, is := n.data.(bool); {
		case is && !text:
			add(false, Off)
		case is || isCondition(s.parts, n.path):
			add(true, Switch)
		default:
			add(text, Literal)
		}
	case string:
		if b := map[string]bool{"true": true, "false": false}; kindOf(n.data) == "bool" {
			if value, ok := b[text]; ok {
				s.equal(need{path: n.path, data: n.data, text: value}, add)
			}
			return
		}
		if text == "" {
			add(text, Removed)
			return
		}
		add(text, Literal)
	case int64, float64, int:
		switch has := kindOf(n.data); {
		case has == "list" || has == "map": // how many entries there are, and not the value
		case has == "number" && asText(text) == "0":
			add(text, Off) // such as replicas: what the others need goes
		default:
			add(text, Example)
		}
	}
}

// documentedAt is what the files of the charts say about the value at a path: those of the
// root first.
func (s *sources) documentedAt(path chart.Path) (all []documented.Value) {
	keys := keysOf(path)
	for i, p := range s.parts {
		if keys != nil && len(keys) > len(p.Path) && slices.Equal(keys[:len(p.Path)], p.Path) {
			all = append(all, s.documents[i].At(keys[len(p.Path):]...)...)
		}
	}
	return all
}

// kubernetes is a value as Kubernetes has it in a field of that name.
func (s *sources) kubernetes(path chart.Path, has string) (any, bool) {
	keys := keysOf(path)
	if keys == nil || s.example == nil {
		return nil, false
	}
	return s.example(keys, has)
}

// keysOf are the keys of a path without elements of lists; nil for others.
func keysOf(path chart.Path) []string {
	keys := make([]string, len(path))
	for i, step := range path {
		key, ok := step.(string)
		if !ok {
			return nil
		}
		keys[i] = key
	}
	return keys
}

// isCondition reports whether a value turns a dependency on.
func isCondition(parts []chart.Part, path chart.Path) bool {
	return slices.ContainsFunc(parts, func(p chart.Part) bool {
		return slices.ContainsFunc(p.Conditions, func(c chart.Path) bool { return slices.Equal(c, path) })
	})
}

// kindOf is what a value is: string, map, list, bool, number or, for nothing, empty.
func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return ""
	case string:
		return "string"
	case bool:
		return "bool"
	case []any:
		return "list"
	}
	switch reflect.TypeOf(v).Kind() {
	case reflect.Map:
		return "map"
	case reflect.Slice:
		return "list"
	}
	return "number"
}

func asText(v any) string { return fmt.Sprint(v) }
