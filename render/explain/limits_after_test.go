package explain

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// TestOriginsOfLargeData asks for places in charts that stay within the limits of a
// render, and would make whoever looks for a place go on for ever or crash: data
// that came to hold itself after it was printed, texts of millions of parts.
func TestOriginsOfLargeData(t *testing.T) {
	for name, text := range map[string]string{
		"a dict that holds itself later":  "{{ $d := dict }}k: {{ quote $d }}\n{{ $_ := set $d \"self\" $d }}",
		"a dict that is doubled later":    "{{ $x := dict }}k: {{ int $x }}{{ cat $x }}\n{{ $d := dict }}{{ range until 40 }}{{ $d = dict \"a\" $d \"b\" $d }}{{ end }}{{ $_ := set $x \"d\" $d }}",
		"a text of many replaced letters": "k: {{ replace \"a\" \"b\" (repeat 4000000 \"a\") }}\n",
		"a text that is repeated":         "k: {{ repeat 4000000 \"a\" }}\n",
		"many lines":                      "k: |\n{{ indent 1 (repeat 500000 \"a\\n\") }}\n",
		"a list of many":                  "k: {{ toJson (until 100000) }}\n",
	} {
		t.Run(name, func(t *testing.T) {
			result, err := rendered(chartOf(t, x(text)), chart.Options{Sequential: true})
			if err != nil {
				t.Fatal(err)
			}
			began := time.Now()
			for _, m := range result.Manifests {
				peak := peakMemory(func() {
					for at := 0; at < len(m.Text); at += max(1, len(m.Text)/20) {
						end := min(at+10, len(m.Text))
						if o := m.Origin(at, end); !o.Span.Valid() {
							t.Errorf("[%d, %d) of %s has no place", at, end, m.Name)
						}
					}
				})
				if peak > 300<<20 {
					t.Errorf("took %d MB", peak>>20)
				}
			}
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

// TestAbandoned renders a chart that goes beyond a limit while Helm's engine runs
// beside: Render does not wait for it.
func TestAbandoned(t *testing.T) {
	c := chartOf(t, x("{{ range 20000000 }}{{ end }}"))
	_, err := rendered(c, chart.Options{})
	if e := (*source.Error)(nil); !errors.As(err, &e) || !strings.Contains(e.What, "runs too long") {
		t.Fatalf("error %v", err)
	}
	if got := chart.Abandoned(); got != 1 {
		t.Errorf("abandonedCalls() = %d while Helm's engine runs, want 1", got)
	}
	for began := time.Now(); chart.Abandoned() != 0; time.Sleep(10 * time.Millisecond) {
		if time.Since(began) > 2*time.Minute {
			t.Fatal("Helm's engine has ended and is still counted")
		}
	}
	if _, err := rendered(c, chart.Options{Sequential: true}); err == nil || chart.Abandoned() != 0 {
		t.Errorf("error %v, abandonedCalls() = %d with Sequential, want a fault and 0", err, chart.Abandoned())
	}
}

// TestDeadline holds that a render ends at its deadline, at the place that it has
// come to.
func TestDeadline(t *testing.T) {
	c := chartOf(t, x("a:\n{{ range 1000000 }}{{ end }}"))
	_, err := rendered(c, chart.Options{Sequential: true, Deadline: time.Now()})
	if e := (*source.Error)(nil); !errors.As(err, &e) || !strings.HasPrefix(e.Error(), "web/templates/x.yaml:2:10: ") {
		t.Errorf("error %v", err)
	}
}

// TestBegan holds that each template is told before it is parsed and rendered, those of
// dependencies too, by the names that places have.
func TestBegan(t *testing.T) {
	c := chartOf(t, map[string]string{
		"templates/a.yaml": "a: 1", "templates/b.yaml": "b: 1", "templates/_h.tpl": "", "templates/NOTES.txt": "n",
		"charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n", "charts/sub/templates/c.yaml": "c: 1",
	})
	var began []string
	if _, err := rendered(c, chart.Options{Began: func(name string) { began = append(began, name) }}); err != nil {
		t.Fatal(err)
	}
	want := "web/charts/sub/templates/c.yaml web/templates/b.yaml web/templates/a.yaml web/templates/_h.tpl web/templates/NOTES.txt " +
		"web/charts/sub/templates/c.yaml web/templates/b.yaml web/templates/a.yaml web/templates/NOTES.txt"
	if got := strings.Join(began, " "); got != want {
		t.Errorf("began %s, want %s", got, want)
	}
}
