package checktest

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform"
)

// kinds are the kinds of inputs in a fixture: the folders of each are its name, or its
// name, a hyphen and a variant.
var kinds = []struct {
	name string
	load func(t *testing.T, input string, s *settings) []set
}{
	{"chart", loadChart},
	{"terraform", loadTerraform},
}

// set is the objects of an input with one of its sets of values, or its broken branches.
type set struct {
	name    string // empty where there are no sets
	objects []*object.Object
	broken  []object.Broken
}

// Kinds are the kinds of the objects that findings are about (Deployment, Service), by
// the kind of input (chart, terraform).
type Kinds map[string]map[string]bool

// Add takes the kinds of another fixture.
func (k Kinds) Add(more Kinds) {
	for input, kinds := range more {
		for kind := range kinds {
			k.add(input, kind)
		}
	}
}

func (k Kinds) add(input, kind string) {
	if k[input] == nil {
		k[input] = map[string]bool{}
	}
	k[input][kind] = true
}

// Fixture runs the check alone over each chart (chart, chart-VARIANT) and each
// Terraform root (terraform, terraform-VARIANT) of its folder with the flags of the
// file beside it (flags, flags-VARIANT), and compares what it says with the want and
// undecided comments in their files. It returns the kinds of what is found. A folder with
// a file settings is about branches of charts: each chart is also rendered with each line of it.
func Fixture(t *testing.T, dir string, c *checks.Check) Kinds {
	t.Helper()
	found := Kinds{}
	branches, err := readBranches(filepath.Join(dir, "settings"))
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range kinds {
		if len(branches) > 0 && kind.name != "chart" {
			continue
		}
		inputs, err := filepath.Glob(filepath.Join(dir, kind.name+"*"))
		if err != nil || len(inputs) == 0 {
			t.Fatalf("%s has no %s: %v", dir, kind.name, err)
		}
		total := tally{}
		for _, input := range inputs {
			variant := strings.TrimPrefix(filepath.Base(input), kind.name)
			t.Run(filepath.Base(input), func(t *testing.T) {
				s, err := readFlags(filepath.Join(dir, "flags"+variant))
				if err != nil {
					t.Fatal(err)
				}
				sets := append(kind.load(t, input, s), set{broken: brokenBranches(t, input, s, branches)})
				report, shown := one(t, input, c, s, sets)
				total.add(shown)
				for _, f := range report.Findings {
					if f.Object.Kind != "" { // a place alone
						found.add(kind.name, f.Object.Kind)
					}
				}
			})
		}
		if total.wants == 0 || total.clean == 0 {
			t.Errorf("%s of %s has %d want comments and %d objects without a finding, and needs both", kind.name, dir, total.wants, total.clean)
		}
	}
	return found
}

// tally counts what a fixture shows.
type tally struct{ wants, clean int }

func (a *tally) add(b tally) { a.wants, a.clean = a.wants+b.wants, a.clean+b.clean }

// one runs the check over one input, with all its sets of values.
func one(t *testing.T, input string, c *checks.Check, s *settings, sets []set) (*checks.Report, tally) {
	report := &checks.Report{}
	objects := map[string]*object.Object{}
	for _, set := range sets {
		report.Add(input, set.name, runCheck(c, s, set))
		for _, o := range set.objects {
			objects[o.Address+" "+o.String()] = o
		}
	}
	report.Finish()
	wants, err := wantsBelow(input)
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range compare(report, wants, 0) {
		t.Error(wrong)
	}
	dirty := func(ref checks.ObjectRef) {
		for name, o := range objects {
			if o.Kind == ref.Kind && o.Namespace == ref.Namespace && o.Name == ref.Name {
				delete(objects, name)
			}
		}
	}
	for _, f := range report.Findings {
		dirty(f.Object)
	}
	for _, u := range report.Undecided {
		dirty(u.Object)
	}
	return report, tally{wants: len(wants), clean: len(objects)}
}

// loadChart renders a chart with each of its sets of values.
func loadChart(t *testing.T, input string, s *settings) []set {
	loaded, err := helm.Load(input, helm.Options{Namespace: s.namespace, KubeVersion: s.kubeVersion()})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range loaded.Problems() {
		t.Error(err)
	}
	var sets []set
	for _, name := range loaded.Sets() {
		rendered, errs := loaded.Render(name)
		for _, err := range errs {
			t.Errorf("values set %s: %v", name, err)
		}
		if rendered != nil {
			sets = append(sets, set{name: name, objects: rendered.Objects})
		}
	}
	return sets
}

// loadTerraform evaluates a Terraform root, which may read nothing outside it.
func loadTerraform(t *testing.T, input string, _ *settings) []set {
	root, err := terraform.Load(input, within(input))
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range root.Errors {
		t.Error(err)
	}
	for _, note := range root.Notes {
		t.Errorf("a fixture is analyzed as a whole, but: %s", note)
	}
	for _, o := range root.Objects {
		if o.Address == "" {
			t.Errorf("%s has no address", o)
		}
	}
	return []set{{objects: root.Objects}}
}

// readFlags reads the flags of an input; a missing file has none.
func readFlags(file string) (*settings, error) {
	text, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return parseFlags(strings.Fields(string(text)))
}

// wantsBelow reads the want and undecided comments of all files of an input.
func wantsBelow(input string) ([]*want, error) {
	var all []*want
	err := filepath.WalkDir(input, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		wants, err := parseWants(filepath.ToSlash(path), string(text))
		all = append(all, wants...)
		return err
	})
	return all, err
}

// within are the options of a root that may read nothing outside a directory.
func within(dir string) (o terraform.Options) {
	o.Within = dir
	return o
}
