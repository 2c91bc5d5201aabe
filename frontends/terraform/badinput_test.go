package terraform

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// TestBadInput gives the hostile and broken configurations and plans of the shared
// data to this room: what their expectations say holds here too, in time and memory
// and without a word of what must not be read.
func TestBadInput(t *testing.T) {
	dir := sourcetest.Shared(t, "data/badinput")
	var cases []string
	for _, group := range []string{"hcl-*", "plan-*"} {
		found, err := filepath.Glob(filepath.Join(dir, group, "expect.json"))
		if err != nil || len(found) == 0 {
			t.Fatalf("no cases %s: %v", group, err)
		}
		cases = append(cases, found...)
	}
	for _, file := range cases {
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var expect struct {
				Args           []string
				Kind           string
				MustContain    []string `json:"must_contain"`
				MustNotContain []string `json:"must_not_contain"`
				MaxSeconds     float64  `json:"max_seconds"`
				MaxMB          uint64   `json:"max_mb"`
				ErrorAt        *struct {
					File string
					Line int
				} `json:"error_at"`
				Finding *struct {
					Hint string `json:"rule_hint"`
					File string
					Line int
				}
			}
			if err := json.Unmarshal(text, &expect); err != nil {
				t.Fatal(err)
			}
			input := filepath.Join(filepath.Dir(file), filepath.FromSlash(expect.Args[0]))
			begin, before := time.Now(), allocated()
			out, err := take(input)
			if took := time.Since(begin); took.Seconds() > expect.MaxSeconds {
				t.Errorf("it took %s", took)
			}
			if made := (allocated() - before) >> 20; made > expect.MaxMB {
				t.Errorf("it allocated %d MiB", made)
			}
			said := words(out, err)
			for _, bad := range expect.MustNotContain {
				if strings.Contains(said, bad) {
					t.Errorf("it says %q in %q", bad, said)
				}
			}
			failed := err != nil || len(out.Errors) > 0
			if expect.Kind == "error" && !failed {
				t.Error("there is no error")
			}
			if expect.Kind == "error" {
				for _, want := range expect.MustContain {
					if !strings.Contains(said, want) {
						t.Errorf("it does not say %q in %q", want, said)
					}
				}
			}
			if want := expect.ErrorAt; want != nil {
				at := out.Errors[0].At
				if !at.Valid() || at.File.Path != want.File || want.Line > 0 && at.Begin().Line != want.Line {
					t.Errorf("the error is %v, not at %s:%d", out.Errors[0], want.File, want.Line)
				}
			}
			if want := expect.Finding; want != nil && want.Hint == "uid-1337" {
				uid := out.Objects[0].Get("spec", "securityContext", "runAsUser")
				if !uid.Num().Is(1337).True() {
					t.Errorf("the user is %+v", uid.Node())
				}
				if at := uid.Origin().Span; want.File != "" && (at.File.Path != want.File || at.Begin().Line != want.Line) {
					t.Errorf("the user is written at %s, not at %s:%d", at, want.File, want.Line)
				}
			}
		})
	}
}

// take reads a root or a plan.
func take(input string) (*Root, error) {
	if info, err := os.Stat(input); err == nil && info.IsDir() {
		return Load(input, Options{Options: eval.Options{Within: input}})
	}
	data, err := os.ReadFile(input)
	if err != nil {
		return nil, err
	}
	return LoadPlan(input, data, Options{}, "")
}

// allocated is how many bytes the program has asked for.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// words is all text of what was read: errors, notes, and every field with its reason
// and the names on its trace.
func words(out *Root, err error) string {
	var b strings.Builder
	if err != nil {
		b.WriteString(err.Error() + "\n")
	}
	if out == nil {
		return b.String()
	}
	for _, e := range out.Errors {
		b.WriteString(e.Error() + "\n")
	}
	for _, n := range out.Notes {
		b.WriteString(n + "\n")
	}
	for _, o := range out.Objects {
		b.WriteString(o.String() + " " + o.Address + "\n")
		eachField(o.Root(), func(f object.Field) {
			b.WriteString(f.Path() + " " + f.Node().Text)
			for _, step := range f.Origin().Trace {
				b.WriteString(" " + step.Name)
			}
			b.WriteByte('\n')
		})
	}
	return b.String()
}
