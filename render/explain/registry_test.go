package explain

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"text/template"

	"github.com/Masterminds/sprig/v3"

	"github.com/mesh-check/mesh-check/render/source"
)

// TestRegistryTellsEqualValuesApart registers equal strings and numbers many
// times over: each has memory of its own and is found by any part of it.
func TestRegistryTellsEqualValuesApart(t *testing.T) {
	r := newRegistry()
	type entry struct {
		text string
		box  any
		rec  *valueAt
	}
	var all []entry
	random := rand.New(rand.NewSource(1))
	for i := range 5000 {
		rec := &valueAt{key: i}
		size := []int{1, 1, 2, 3, 40, 2000, arenaSize / 3, arenaSize, 3 * arenaSize}[random.Intn(4+random.Intn(6)/5*random.Intn(6))%9]
		text := r.put(strings.Repeat("x", size), rec)
		box := r.box([]any{true, false, 0, 1, int64(7), 0.0, uint8(3), float32(1.5), int32(-1)}[i%9], rec)
		all = append(all, entry{text, box, rec})
	}
	for _, e := range all {
		from := random.Intn(len(e.text))
		to := from + 1 + random.Intn(len(e.text)-from)
		rec, off, ok := r.find(e.text[from:to])
		if !ok || rec != e.rec || off != from {
			t.Fatalf("part [%d:%d] of %d bytes: found %v at %d, %v", from, to, len(e.text), rec, off, ok)
		}
		if rec, ok := r.findBox(e.box); !ok || rec != e.rec {
			t.Fatalf("box %v: found %v, %v", e.box, rec, ok)
		}
	}
	for _, s := range []string{"x", "xx", strings.Repeat("x", 40), ""} {
		if rec, _, ok := r.find(s); ok {
			t.Errorf("%q was never registered and found as %v", s, rec)
		}
	}
	for _, v := range []any{true, 0, 0.0, "x", nil, []any{1}} {
		if rec, ok := r.findBox(v); ok {
			t.Errorf("%v was never registered and found as %v", v, rec)
		}
	}
	// A part that reaches beyond one string is nobody's.
	a := r.put("ab", &valueAt{})
	r.put("cd", &valueAt{})
	if _, _, ok := r.find(a[:2]); !ok {
		t.Error("the whole string is not found")
	}
}

// TestIdentitySurvivesTemplates sends registered values through the ways that
// text/template and sprig have for values; they must come out as the same memory.
func TestIdentitySurvivesTemplates(t *testing.T) {
	for _, way := range []string{
		`{{ .a | see }}`, `{{ see .a }}`, `{{ see (.a) }}`, `{{ $x := .a }}{{ see $x }}`, `{{ $.a | see }}`,
		`{{ with .a }}{{ see . }}{{ end }}`, `{{ range .list }}{{ see . }}{{ end }}`,
		`{{ range $i, $e := .list }}{{ see $e }}{{ end }}`, `{{ range $k, $v := .map }}{{ see $v }}{{ end }}`,
		`{{ index .list 0 | see }}`, `{{ index .map "k" | see }}`, `{{ .map.k | see }}`, `{{ (index .list 0) | see }}`,
		`{{ first .list | see }}`, `{{ last .list | see }}`, `{{ default .a .none | see }}`, `{{ .a | default "d" | see }}`,
		`{{ coalesce .none .a | see }}`, `{{ ternary .a .none true | see }}`, `{{ list 1 .a | last | see }}`,
		`{{ (dict "k" .a).k | see }}`, `{{ get .map "k" | see }}`, `{{ dig "k" "none" .map | see }}`,
		`{{ $d := dict }}{{ $_ := set $d "x" .a }}{{ see $d.x }}`, `{{ (merge (dict) .map).k | see }}`,
		`{{ (mergeOverwrite (dict "k" "other") .map).k | see }}`, `{{ (pick .map "k").k | see }}`, `{{ (omit .map "z").k | see }}`,
		`{{ (values .map) | first | see }}`, `{{ append (list) .a | first | see }}`, `{{ concat (list) .list | first | see }}`,
		`{{ reverse .list | last | see }}`, `{{ without .list "z" | first | see }}`, `{{ uniq .list | first | see }}`,
		`{{ compact .list | first | see }}`, `{{ slice .list 0 1 | first | see }}`, `{{ (chunk 1 .list | first) | first | see }}`,
		`{{ pluck "k" .map | first | see }}`, `{{ or .none .a | see }}`, `{{ and .a .a | see }}`, `{{ template "t" .a }}`,
		`{{ block "b" .map }}{{ see .k }}{{ end }}`, `{{ if true }}{{ see .a }}{{ end }}`, `{{ $x := "" }}{{ $x = .a }}{{ see $x }}`,
		`{{ (deepCopy .map).k | see }}`, `{{ .nested.deep.k | see }}`, `{{ .fn.Get | see }}`,
	} {
		for _, value := range []any{"s", "longer text", true, 1, 80, int64(3), 2.5, 1.0} {
			r := newRegistry()
			rec := &valueAt{key: way}
			own := r.box(value, rec)
			if s, ok := value.(string); ok {
				own = r.put(s, rec)
			}
			seen := 0
			see := func(v any) string {
				seen++
				got, ok := r.findBox(v)
				if s, isString := v.(string); isString {
					got, _, ok = r.find(s)
				}
				if !ok || got != rec {
					t.Errorf("%s: %v (%T) has lost its identity", way, v, v)
				}
				return ""
			}
			funcs := sprig.TxtFuncMap()
			funcs["see"] = see
			funcs["deepCopy"] = copyDeep
			set, err := template.New("x").Funcs(funcs).Option("missingkey=zero").Parse(`{{ define "t" }}{{ see . }}{{ end }}` + way)
			if err != nil {
				t.Fatal(err)
			}
			if err := set.Execute(&strings.Builder{}, map[string]any{
				"a": own, "none": nil, "list": []any{own}, "map": map[string]any{"k": own},
				"nested": map[string]any{"deep": map[string]any{"k": own}}, "fn": getter{own},
			}); err != nil {
				t.Fatal(way, err)
			}
			if seen == 0 {
				t.Errorf("%s: the value was not seen", way)
			}
		}
	}
}

type getter struct{ v any }

// Get is a method that templates call.
func (g getter) Get() any { return g.v }

// TestDecodedValuesAreFound reads data twice from equal texts: each value is
// found at its own position of its own text.
func TestDecodedValuesAreFound(t *testing.T) {
	e := &tracer{registry: newRegistry(), limits: defaultLimits}
	const text = `{"a": 1, "b": [true, "x", "word", 2.5, 0], "c": {"k": "word", "zz": false}}`
	for range 2 {
		e.fromYAML(text)
		e.fromJSON(text)
	}
	for _, d := range e.decoded {
		var walk func(v any, path []any)
		check := func(at *decodedAt, ok bool, path []any, key bool) {
			if !ok || at.in != d || at.key != key || fmt.Sprint(at.path) != fmt.Sprint(path) {
				t.Errorf("%v (key %v) is found as %+v", path, key, at)
			}
		}
		find := func(v any) (*decodedAt, bool) {
			var rec record
			var ok bool
			if s, isString := v.(string); isString {
				if rec, _, ok = e.find(s); !ok {
					at, _, ok := e.foreignAt(address(s), len(s))
					return at, ok
				}
			} else if rec, ok = e.findBox(v); !ok {
				at, _, ok := e.foreignAt(boxAddress(v), 1)
				return at, ok
			}
			at, isDecoded := rec.(*decodedAt)
			return at, isDecoded
		}
		walk = func(v any, path []any) {
			switch w := v.(type) {
			case *frozenMap:
				for i, k := range w.keys {
					below := append(path[:len(path):len(path)], k)
					at, ok := find(k)
					check(at, ok, below, true)
					walk(w.values[i], below)
				}
			case frozenList:
				for i, item := range w {
					walk(item, append(path[:len(path):len(path)], i))
				}
			default:
				at, ok := find(v)
				check(at, ok, path, false)
			}
		}
		walk(d.value, nil)
	}
}

// TestDropNoValue takes "<no value>" out of texts that were written in pieces of
// any size: the text is what Helm makes of it, and each piece has its bytes.
func TestDropNoValue(t *testing.T) {
	random := rand.New(rand.NewSource(2))
	for range 2000 {
		b := &buffer{}
		site := &site{}
		for range random.Intn(6) {
			text := []string{"", "a", "<no value>", "x<no value>y", "<no ", "value>", "<no value><no value>", "some text"}[random.Intn(8)]
			b.text = append(b.text, text...)
			b.pieces = append(b.pieces, piece{end: len(b.text), str: strings.Clone(text), site: site})
		}
		want := strings.ReplaceAll(string(b.text), noValue, "")
		was := string(b.text)
		b.dropNoValue()
		if string(b.text) != want {
			t.Fatalf("%q became %q, want %q", was, b.text, want)
		}
		from := 0
		for _, p := range b.pieces {
			if p.end < from || p.str != want[from:p.end] {
				t.Fatalf("%q: piece %q stands at %d to %d of %q", was, p.str, from, p.end, want)
			}
			from = p.end
		}
		if from != len(want) {
			t.Fatalf("%q: the pieces end at %d of %q", was, from, want)
		}
	}
}

// TestCloneKeepsSharedMaps copies values in which one map is at two places.
func TestCloneKeepsSharedMaps(t *testing.T) {
	r := newRegistry()
	global := map[string]any{"zone": "eu"}
	in := map[string]any{"a": map[string]any{"deeper": global}, "global": global, "n": nil, "empty": []any{}}
	out := r.clone(in, &valueAt{role: source.Value}).(map[string]any)
	out["global"].(map[string]any)["zone"] = "changed"
	if got := out["a"].(map[string]any)["deeper"].(map[string]any)["zone"]; got != "changed" {
		t.Errorf("the map that was shared is not: %v", got)
	}
	if global["zone"] != "eu" {
		t.Error("the original has changed")
	}
	again := r.clone(in, &valueAt{role: source.Value}).(map[string]any)
	rec, _, ok := r.find(again["a"].(map[string]any)["deeper"].(map[string]any)["zone"].(string))
	if at, isValue := rec.(*valueAt); !ok || !isValue || at.path().String() != "global.zone" {
		t.Errorf("a value with two paths is not named by the shorter one: %v", rec)
	}
}
