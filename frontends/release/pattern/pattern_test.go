package pattern

import (
	"strings"
	"testing"
	"time"

	"github.com/bmatcuk/doublestar/v4"
)

// TestPattern holds what patterns of the configuration fit, and what {env} is then.
func TestPattern(t *testing.T) {
	for _, c := range []struct {
		pattern, name, env string
		ok                 bool
	}{
		{"a/values-{env}.yaml", "a/values-prod.yaml", "prod", true},
		{"a/values-{env}.yaml", "a/values-.yaml", "", false},
		{"a/values-{env}.yaml", "a/b/values-prod.yaml", "", false},
		{"a/values-{env}.yaml", "a/values-eu/prod.yaml", "", false},
		{"{env}/values-{env}.yaml", "prod/values-prod.yaml", "prod", true},
		{"{env}/values-{env}.yaml", "prod/values-test.yaml", "", false},
		{"*-{env}.yaml", "values-eu-prod.yaml", "eu-prod", true},
		{"**/{env}.yaml", "a/b/prod.yaml", "prod", true},
		{"**/{env}.yaml", "prod.yaml", "prod", true},
		{"{env}/**", "prod/a/b.yaml", "prod", true},
		{"a[bc]/?.{env}", "ab/x.1", "1", true},
		{"a[!bc]/{env}", "ab/x", "", false},
		{"a[^b]c{env}", "a/cx", "", false}, // a slash is never a part of a name
		{`a\[{env}\]`, "a[x]", "x", true},
		{"a.b", "axb", "", false},
		{"ä*/{env}", "äö/ü", "ü", true},
		{"charts/*", "charts/web", "", true},
		{"charts/*", "charts/web/x", "", false},
	} {
		p, ok := New(c.pattern)
		if !ok {
			t.Errorf("%s is not a pattern", c.pattern)
			continue
		}
		if env, ok := p.Match(c.name); ok != c.ok || env != c.env {
			t.Errorf("%s of %s: %q %t, want %q %t", c.pattern, c.name, env, ok, c.env, c.ok)
		}
		if c.ok && !strings.HasPrefix(c.name, p.Fixed) {
			t.Errorf("%s is looked for in %s alone", c.pattern, p.Fixed)
		}
	}
	for _, bad := range []string{"{a,b}", "a[", "{ENV}"} {
		if _, ok := New(bad); ok {
			t.Errorf("%s is taken", bad)
		}
	}
}

// FuzzPattern holds that a pattern fits what the same pattern fits elsewhere in the
// configuration, and that a text that is filled in fits itself alone.
func FuzzPattern(f *testing.F) {
	f.Add("a/*b?[c-d]/**/x", "a/b1c/x", "p")
	f.Add(`[]a]\[[!/]`, "][x", "[a]{}*")
	f.Fuzz(func(t *testing.T, pattern, name, value string) {
		if strings.ContainsAny(pattern+name+value, "{}\n") || strings.Contains(pattern+name+value, "\xff") || strings.ContainsRune(pattern+name, '\uFFFD') || len(pattern) > 100 {
			return
		}
		if p, ok := New("x/{env}.y"); ok && value != "" && !strings.Contains(value, "/") {
			if p, ok = p.With("{env}", value); ok {
				if _, fits := p.Match("x/" + value + ".y"); !fits {
					t.Errorf("filled in with %q it does not fit", value)
				}
			}
		}
		p, ok := New(pattern)
		if !ok || p.Literal || strings.Contains(pattern, "**") || strings.Contains(pattern, "[") {
			return // what configurations have of these is in the table
		}
		if _, fits := p.Match(name); fits != doublestar.MatchUnvalidated(pattern, name) {
			t.Errorf("%q of %q: %t", pattern, name, fits)
		}
	})
}

// TestPatternIsFast holds that a pattern of many stars takes no time.
func TestPatternIsFast(t *testing.T) {
	p, ok := New(strings.Repeat("*a", 100) + "{env}b")
	if !ok {
		t.Fatal("it is not a pattern")
	}
	begun := time.Now()
	for range 10 {
		p.Match(strings.Repeat("a", 4000))
	}
	if took := time.Since(begun); took > 20*time.Second {
		t.Errorf("10 names took %s", took)
	}
}
