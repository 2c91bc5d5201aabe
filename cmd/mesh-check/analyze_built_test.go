package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	meshcheck "github.com/mesh-check/mesh-check"
)

// TestAnalyzeSaysWhatTheProgramSays holds for every kind of input that Analyze, called in
// this process, finds what the built program finds in its workers, at the same places.
func TestAnalyzeSaysWhatTheProgramSays(t *testing.T) {
	program := built(t)
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"charts/web/Chart.yaml": editedChart, "charts/web/values.yaml": "uid: 1337\n", "charts/web/templates/pod.yaml": editedTemplate,
		"web.tgz": editedArchive(t, "1337"), "pods/pod.yaml": strings.Replace(editedPod, "1000", "1337", 1),
		"infra/main.tf": strings.Replace(editedRoot, `"1"`, `"1337"`, 1), "plan.json": strings.Replace(editedPlan, "1000", "1337", 1),
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, name, text)
	}
	for _, paths := range [][]string{{"charts/web"}, {"web.tgz"}, {"pods"}, {"pods/pod.yaml"}, {"infra"}, {"plan.json"}, {"."}} {
		r, err := meshcheck.Analyze(t.Context(), meshcheck.Request{Paths: paths})
		if err != nil {
			t.Fatal(err)
		}
		var got, want []string
		for _, f := range r.Findings {
			at := f.Origin.Span.Begin()
			got = append(got, fmt.Sprint(f.Check.ID, " ", f.Origin.Span.File.Name(), ":", at.Line, " ", f.Message))
		}
		out, _ := exec.CommandContext(t.Context(), program, append([]string{"-o", "json"}, paths...)...).Output()
		var document struct {
			Findings []struct {
				ID, Message string
				Location    struct {
					File string
					Line int
				}
			}
		}
		if err := json.Unmarshal(out, &document); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		for _, f := range document.Findings {
			want = append(want, fmt.Sprint(f.ID, " ", f.Location.File, ":", f.Location.Line, " ", f.Message))
		}
		slices.Sort(got)
		slices.Sort(want)
		if len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%q: %q, and the program says %q", paths, got, want)
		}
	}
}
