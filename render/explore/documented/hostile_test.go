package documented

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// all asks for everything that is said about a file, and holds the bounds of the answers.
func all(t testing.TB, d *Documents) {
	t.Helper()
	eachEntry(d.root, nil, func(path []string, _ *entry) {
		values := d.At(path...)
		if len(values) > maxValues {
			t.Fatalf("%q has %d values", path, len(values))
		}
		for _, v := range values {
			if v.Line < 1 || blank(v.Value) {
				t.Fatalf("%q: %+v", path, v)
			}
		}
		d.Below(path...)
	})
}

// FuzzRead holds that no file makes it fail, and that both files give the same twice.
func FuzzRead(f *testing.F) {
	for _, s := range shapes {
		f.Add(s.values, `{"properties": {"a": {"enum": ["x"], "$ref": "#"}}}`)
	}
	for _, text := range sourcetest.Seeds(f, "data/charts", 20_000, 60, sourcetest.Ending("values.yaml")) {
		f.Add(text, "")
	}
	for _, text := range sourcetest.Seeds(f, "data/charts", 20_000, 10, sourcetest.Ending("values.schema.json")) {
		f.Add("a: {}", text)
	}
	f.Fuzz(func(t *testing.T, values, schema string) {
		if len(values)+len(schema) > 64<<10 {
			return
		}
		d := Read([]byte(values), []byte(schema))
		all(t, d)
		if again := Read([]byte(values), []byte(schema)); fmt.Sprint(said(d)) != fmt.Sprint(said(again)) {
			t.Fatal("not the same twice")
		}
	})
}

// TestHostile holds that time grows with the size of a file, and not with its square: eight
// times the size takes at most twenty times as long, or little time at all.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("reads megabytes")
	}
	repeat := strings.Repeat
	for name, text := range map[string]func(n int) string{
		"commented keys":       func(n int) string { return "a: 1\n" + repeat("# b: 1\n", n) },
		"the same example":     func(n int) string { return "a: {}\n" + repeat("  # b: {c: [1, {d: 2}]}\n", n) },
		"blocks":               func(n int) string { return "a: {}\n" + repeat("# b: 1\n\n", n) },
		"blocks and columns":   func(n int) string { return "a: {}\n" + repeat("# b: 1\n # c: 2\n", n) },
		"blank comments":       func(n int) string { return "a: {}\n" + repeat("#\n", n) + repeat("# b: 1\n# x y z\n", n) + "b: {}\n" },
		"text and keys":        func(n int) string { return "abc: {}\n" + repeat("# it is so\n# b: 1\n", n) },
		"text in front":        func(n int) string { return "abc: {}\n" + repeat("# it is so\n", n) + repeat("# b: 1\n# x y\n", n) },
		"marks":                func(n int) string { return "a: {}\n# b: 1\n" + repeat("## c: 1\n# b: 2\n", n) },
		"open brackets":        func(n int) string { return "a: {}\n" + repeat("# {\n", n) },
		"brackets":             func(n int) string { return "a: {}\n" + repeat("# {\n# a: 1\n# }\n", n) },
		"deep brackets":        func(n int) string { return "a: {}\n# b: " + repeat("[", n) + repeat("]", n) + "\n" },
		"deep maps":            func(n int) string { return "a: {}\n# b: " + repeat("{a: ", n) + "1" + repeat("}", n) + "\n" },
		"dashes":               func(n int) string { return "a: []\n# " + repeat("- ", n) + "1\n" },
		"dashes below":         func(n int) string { return "a: []\n" + repeat("# - - - - 1\n", n) },
		"a long line":          func(n int) string { return "# one of: " + repeat("a, ", n) + "\na: 1\n" },
		"a long paragraph":     func(n int) string { return repeat("# default: one of `a`, e.g.\n", n) + "a: b\n" },
		"a long word":          func(n int) string { return "# " + repeat("a.", n) + " -- x\na: b\n" },
		"parameters":           func(n int) string { return repeat("## @param a.b one of `c`\n", n) + "a:\n  b: c\n" },
		"many keys":            func(n int) string { return repeat("# x\nab: {}\n", 1) + keysOf(n) },
		"keys with comments":   func(n int) string { return strings.ReplaceAll(keysOf(n), "\n", " # or b\n") },
		"many documented":      func(n int) string { return "a: {}\n" + "  # " + strings.ReplaceAll(keysOf(n), "\n", "\n  # ") + "\n" },
		"quoted texts":         func(n int) string { return "a: [" + repeat("\"x\",", n) + "]\n" },
		"quoted texts, lines":  func(n int) string { return "a: [" + repeat("\"x\n  # y\",", n) + "]\n" },
		"block texts":          func(n int) string { return "a:\n" + repeat("  - |\n    # x: 1\n", n) },
		"empty block texts":    func(n int) string { return "a:\n" + repeat("  - |\n\n", n) },
		"empty lists":          func(n int) string { return "a:\n" + repeat("  - [\n    # x\n    ]\n", n) },
		"open lists":           func(n int) string { return "a:\n" + repeat("  - []\n  # x\n", n) },
		"aliases":              func(n int) string { return "a: &x {b: 1}\n" + repeat("# c: *x\n", n) + repeat("# d: &y 1\n", n) },
		"not YAML, again":      func(n int) string { return "a: {}\n" + repeat("  # b: [\n  # c: '\n", n) },
		"one broken":           func(n int) string { return "a: []\n" + repeat("# - b: 1\n", n) + "# - [\n" },
		"deep values":          func(n int) string { return deepKeys(min(n/20, 900)) + repeat("# a: 1\n\n", n) },
		"other line breaks":    func(n int) string { return "a: 1\r# b: 1\u0085# c\u2028" + repeat("# d: 1\r", n) },
		"tabs":                 func(n int) string { return "a: 1\n" + repeat("#\tb:\t1\n", n) },
		"tags and directives":  func(n int) string { return "a: !!map {}\n" + repeat("# !!str b: !x 1\n", n) },
		"keys that are not":    func(n int) string { return "a: {}\n" + repeat("# ? [a]\n# : b\n", n) },
		"numbers":              func(n int) string { return "a: 1\n# a: " + repeat("9", n) + "\n# a: .nan\n# a: .inf\n" },
		"nothing but comments": func(n int) string { return repeat("# a: 1\n", n) },
	} {
		t.Run(name, func(t *testing.T) {
			took := func(n int) time.Duration {
				data := []byte(text(n))
				start := time.Now()
				all(t, Read(data, data))
				return time.Since(start)
			}
			took(100)
			var small, large time.Duration
			for range 3 { // others use the machine as well
				small, large = took(2_000), took(16_000)
				if large <= 20*small || large < time.Second {
					return
				}
			}
			t.Errorf("%v for 2,000, %v for 16,000", small, large)
		})
	}
	// Aliases that multiply are not followed, and what is too large is not read.
	bomb := "a0: &a0 {x: 1}\n"
	for i := range 40 {
		bomb += fmt.Sprintf("a%d: &a%d {b: *a%d, c: *a%d}\n# a%d: {b: {b: {b: 1}}}\n", i+1, i+1, i, i, i+1)
	}
	all(t, Read([]byte(bomb), nil))
	large := "a: {}\n  # b: 1\n" + repeat("# x\n", maxBytes/4)
	if got := said(Read([]byte(large), []byte(`{"x": "`+repeat("x", maxBytes)+`"}`))); got != nil {
		t.Errorf("of a file that is too large: %v", got)
	}
	// References that multiply.
	schema := `{"$ref": "#/d/0", "d": {`
	for i := range 200 {
		schema += fmt.Sprintf(`"%d": {"allOf": [%s{"$ref": "#/d/%d"}], "properties": {"a": {"$ref": "#/d/%d"}}},`, i, repeat(fmt.Sprintf(`{"$ref": "#/d/%d"},`, (i*7+1)%200), 50), (i+1)%200, (i+3)%200)
	}
	d := Read(nil, []byte(schema+`"x": {}}}`))
	start := time.Now()
	d.At(strings.Split(repeat("a ", 40), " ")...)
	d.Below("a", "a", "a")
	if took := time.Since(start); took > time.Second {
		t.Errorf("a schema of many references takes %v", took)
	}
}

// keysOf are n keys of a map.
func keysOf(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "key%d: a\n", i)
	}
	return b.String()
}

// deepKeys are n keys, one in the other.
func deepKeys(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "k:\n")
	}
	return b.String()
}
