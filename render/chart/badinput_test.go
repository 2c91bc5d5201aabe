package chart

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// TestBadInput loads the hostile and broken charts of the shared data: what
// their expectations say about loading must hold. What happens when they are
// rendered is tested elsewhere.
func TestBadInput(t *testing.T) {
	dir := sourcetest.Shared(t, "data/badinput")
	cases, err := filepath.Glob(filepath.Join(dir, "*", "expect.json"))
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, file := range cases {
		name := filepath.Base(filepath.Dir(file))
		group, _, _ := strings.Cut(name, "-")
		if !slices.Contains([]string{"tgz", "chart", "values", "out", "tpl"}, group) {
			continue
		}
		ran++
		t.Run(name, func(t *testing.T) {
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
				Absent         []string
				ErrorAt        *struct {
					File string
					Line any
				} `json:"error_at"`
			}
			if err := json.Unmarshal(text, &expect); err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(expect.Args[0], "-") {
				t.Skip("flags are not for Load")
			}
			home := filepath.Dir(file)
			if strings.HasPrefix(name, "chart-symlink-") {
				home = withLinks(t, home)
			}
			begin := time.Now()
			said, err := loaded(filepath.Join(home, filepath.FromSlash(expect.Args[0])))
			if took := time.Since(begin); took.Seconds() > expect.MaxSeconds {
				t.Errorf("it took %s", took)
			}
			for _, bad := range expect.MustNotContain {
				if strings.Contains(said, bad) {
					t.Errorf("it says %q in %q", bad, said)
				}
			}
			for _, name := range expect.Absent {
				if _, err := os.Lstat(filepath.Join(filepath.Dir(file), name)); err == nil {
					t.Errorf("%s was written", name)
				}
			}
			if group == "tpl" || group == "out" { // sound to load
				if err != nil {
					t.Error(err)
				}
				return
			}
			if expect.Kind == "error" && err == nil {
				t.Error("there is no error")
			}
			for _, want := range expect.MustContain {
				if !strings.Contains(said, want) {
					t.Errorf("it does not say %q in %q", want, said)
				}
			}
			if want := expect.ErrorAt; want != nil {
				var e *source.Error
				if !errors.As(err, &e) || !e.At.Valid() || !strings.HasSuffix(e.At.File.Path, want.File) || want.Line != nil && e.At.Begin().Line != 4 {
					t.Errorf("the error is at %v, want %s, line %v", err, want.File, want.Line)
				}
			}
		})
	}
	if ran < 20 {
		t.Errorf("only %d cases ran", ran)
	}
}

// loaded loads and prepares a chart and returns all that it says.
func loaded(path string) (said string, err error) {
	var texts []string
	c, err := Load(path)
	if err == nil {
		texts = problems(c)
		var in *Inputs
		if in, err = c.Prepare(Options{}); err == nil {
			faults, warnings := in.SchemaErrors()
			for _, e := range faults {
				texts = append(texts, e.Error())
				err = e
			}
			texts = append(append(texts, warnings...), in.Warnings...)
		}
	}
	if err != nil {
		texts = append(texts, err.Error())
	}
	return strings.Join(texts, "\n"), err
}

// withLinks copies a case and makes links of the files that hold nothing but the
// way to another one: the shared data is kept where links are not.
func withLinks(t *testing.T, dir string) string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(at string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, at)
		if err != nil {
			return err
		}
		if to, err := os.Readlink(at); err == nil {
			files[filepath.ToSlash(name)] = "link:" + to
			return nil
		}
		data, err := os.ReadFile(at)
		files[filepath.ToSlash(name)] = string(data)
		if strings.HasPrefix(string(data), "../") && !strings.ContainsAny(string(data), " \n") {
			files[filepath.ToSlash(name)] = "link:" + string(data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return onDisk(t, files)
}
