package terraform

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// leaves are the scalars and unknown values of an object by their path.
func leaves(o *object.Object) map[string]object.Field {
	all := map[string]object.Field{}
	var walk func(object.Field)
	walk = func(f object.Field) {
		items := append(f.Items(), f.Entries()...)
		for _, item := range items {
			walk(item)
		}
		if len(items) == 0 && f.Path() != "" && f.Exists() {
			all[f.Path()] = f
		}
	}
	walk(o.Root())
	return all
}

// byAddress files objects by address and kind.
func byAddress(objects []*object.Object) map[string]*object.Object {
	all := map[string]*object.Object{}
	for _, o := range objects {
		all[o.Address+" "+o.Kind] = o
	}
	return all
}

// providerDefaults are the defaults of the provider as plans show them: by the name of
// the attribute without underscores, the JSON of the values.
func providerDefaults(t *testing.T) map[string][]string {
	t.Helper()
	data, err := os.ReadFile(sourcetest.Shared(t, "data/tables/terraform-names.json"))
	if err != nil {
		t.Fatal(err)
	}
	var table struct {
		Defaults map[string]any `json:"provider_defaults"`
	}
	if err := json.Unmarshal(data, &table); err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for name, value := range table.Defaults {
		name = strings.ToLower(strings.ReplaceAll(name[strings.LastIndexByte(name, '.')+1:], "_", ""))
		for _, v := range append([]any(nil), value) {
			if several, is := v.([]any); is {
				for _, one := range several {
					all[name] = append(all[name], strings.Trim(fmt.Sprint(one), `"`))
				}
				continue
			}
			all[name] = append(all[name], strings.Trim(fmt.Sprint(v), `"`))
		}
	}
	return all
}

func planIn(t *testing.T, dir string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "plan.json"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// The objects of a plan equal those of its sources but for the defaults of the
// provider, which the plan shows and the sources do not. Each difference is printed.
func TestPlansEqualSources(t *testing.T) {
	plans := sourcetest.Shared(t, "data/terraform/plans")
	defaults := providerDefaults(t)
	total := 0
	for _, name := range []string{"basic", "kinds", "modules", "patch", "unknown", "manifest"} {
		dir := filepath.Join(plans, name)
		planned, err := LoadPlan(filepath.Join(dir, "plan.json"), planIn(t, dir), Options{}, "")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if name == "manifest" {
			if len(planned.Errors) != 1 || !strings.Contains(planned.Errors[0].Error(), "the plan is incomplete") {
				t.Errorf("%s: an errored plan is told as %v", name, planned.Errors)
			}
			continue
		}
		for _, err := range planned.Errors {
			t.Errorf("%s: %v", name, err)
		}
		for _, note := range planned.Notes {
			if strings.Contains(note, "plan") {
				t.Errorf("%s: note %q", name, note)
			}
		}
		written, err := Load(dir, Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		a, b := byAddress(planned.Objects), byAddress(written.Objects)
		if !slices.Equal(slices.Sorted(maps.Keys(a)), slices.Sorted(maps.Keys(b))) {
			t.Errorf("%s: plan has %q, sources have %q", name, slices.Sorted(maps.Keys(a)), slices.Sorted(maps.Keys(b)))
			continue
		}
		total += len(a)
		for id, o := range a {
			compareObjects(t, name+" "+id, o, b[id], defaults)
		}
	}
	if want := 36; total < want {
		t.Errorf("%d objects were compared, want %d", total, want)
	}
	t.Logf("%d objects compared", total)
}

// keptAsSet is the list, among those compared here, that the provider keeps as a set: a plan
// has its elements in another order.
const keptAsSet = "values"

// sameElement is the element of a set that is written with the value of a plan's.
func sameElement(written *object.Object, path string, f object.Field) (object.Field, bool) {
	list, _, isItem := cutLast(path, "[")
	if !isItem || list[strings.LastIndexByte(list, '.')+1:] != keptAsSet {
		return object.Field{}, false
	}
	for _, item := range fieldAt(written, list).Items() {
		if describe(item) == describe(f) {
			return item, true
		}
	}
	return object.Field{}, false
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

func compareObjects(t *testing.T, id string, planned, written *object.Object, defaults map[string][]string) {
	t.Helper()
	p, w := leaves(planned), leaves(written)
	var allowed []string
	for path, f := range p {
		other, both := w[path]
		if twin, is := sameElement(written, path, f); is { // of a set, which plans sort
			other = twin
		}
		key := f.Name()
		switch {
		case both && describe(f) == describe(other):
			if f.Origin().Span.String() != other.Origin().Span.String() {
				t.Errorf("%s: %s stands at %s, in the sources at %s", id, path, f.Origin().Span, other.Origin().Span)
			}
		case !both && !f.Unknown() && slices.Contains(defaults[strings.ToLower(key)], describe(f)):
			allowed = append(allowed, path+"="+describe(f))
		case both && f.Reason() == eval.SensitiveReason:
			t.Logf("%s: %s is marked sensitive by the provider's schema, which sources do not have", id, path)
		default:
			t.Errorf("%s: %s is %s in the plan and %s in the sources", id, path, describe(f), describe(other))
		}
	}
	for path, f := range w {
		if _, both := p[path]; !both {
			t.Errorf("%s: %s is %s in the sources and missing in the plan", id, path, describe(f))
		}
	}
	if len(allowed) > 0 {
		slices.Sort(allowed)
		t.Logf("%s: the provider's defaults, which plans show: %s", id, strings.Join(allowed, " "))
	}
}

// The snapshot in the binary plan gives the places that the sources give.
func TestSnapshotsGivePlaces(t *testing.T) {
	plans := sourcetest.Shared(t, "data/terraform/plans")
	compared := 0
	for _, name := range []string{"basic", "kinds", "modules", "patch", "unknown"} {
		dir := filepath.Join(plans, name)
		data := planIn(t, dir)
		fromSources, err := LoadPlan("plan.json", data, Options{}, dir)
		if err != nil {
			t.Fatal(err)
		}
		fromSnapshot, err := LoadPlan("plan.json", data, Options{}, filepath.Join(dir, "plan.bin"))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		a, b := byAddress(fromSources.Objects), byAddress(fromSnapshot.Objects)
		for id, o := range a {
			if b[id] == nil {
				t.Errorf("%s: %s is missing with the snapshot", name, id)
				continue
			}
			with, without := leaves(b[id]), leaves(o)
			for path, f := range without {
				compared++
				other := with[path]
				if got, want := other.Origin().Span.String(), f.Origin().Span.String(); got != want {
					t.Errorf("%s: %s %s stands at %s with the snapshot, at %s with the sources", name, id, path, got, want)
				}
				if describe(f) != describe(other) {
					t.Errorf("%s: %s %s is %s with the snapshot, %s with the sources", name, id, path, describe(other), describe(f))
				}
			}
		}
	}
	if compared < 500 {
		t.Errorf("only %d fields were compared", compared)
	}
}

// Without any sources a plan gives the same objects, at the addresses in the plan;
// it may know less, since the plan gives up maps of which it does not know one key.
func TestPlansWithoutSources(t *testing.T) {
	plans := sourcetest.Shared(t, "data/terraform/plans")
	t.Chdir(t.TempDir())
	for _, name := range []string{"basic", "kinds", "modules", "patch", "unknown"} {
		dir := filepath.Join(plans, name)
		data := planIn(t, dir)
		alone, err := LoadPlan("plan.json", data, Options{}, "")
		if err != nil {
			t.Fatal(err)
		}
		with, err := LoadPlan("plan.json", data, Options{}, dir)
		if err != nil {
			t.Fatal(err)
		}
		a, b := byAddress(alone.Objects), byAddress(with.Objects)
		for id, o := range b {
			if a[id] == nil {
				t.Errorf("%s: %s is missing without sources", name, id)
				continue
			}
			less := leaves(a[id])
			for path, f := range leaves(o) {
				other, both := less[path]
				if !both {
					other = fieldAt(a[id], path)
				}
				if !other.Unknown() && describe(other) != describe(f) {
					t.Errorf("%s: %s %s is %s without sources, %s with them", name, id, path, describe(other), describe(f))
				}
				if span := other.Origin().Span; !span.Valid() || !strings.Contains(span.Text(), `"`) {
					t.Errorf("%s: %s %s stands at %s", name, id, path, span)
				}
			}
			for path, f := range less {
				if _, both := leaves(o)[path]; !both && f.Unknown() && !fieldAt(o, path).Exists() {
					t.Errorf("%s: %s %s is %s without sources, and unset with them", name, id, path, describe(f))
				}
			}
		}
	}
}

// Values that are marked sensitive are in no object.
func TestPlansHideSecrets(t *testing.T) {
	dir := sourcetest.Shared(t, "data/terraform/plans/unknown")
	data := planIn(t, dir)
	for _, sources := range []string{dir, filepath.Join(dir, "plan.bin"), t.TempDir()} {
		root, err := LoadPlan("plan.json", data, Options{}, sources)
		if err != nil {
			t.Fatal(err)
		}
		hidden := 0
		for _, o := range root.Objects {
			for path, f := range leaves(o) {
				if strings.Contains(fmt.Sprint(f.Node().Interface(), f.Node().Text), "hunter2") {
					t.Errorf("%s: %s %s shows the secret", sources, o, path)
				}
				if f.Reason() == eval.SensitiveReason {
					hidden++
				}
				if strings.Contains(string(f.Origin().Span.File.Data), "hunter2") && !strings.HasSuffix(f.Origin().Span.File.Path, ".tfvars") {
					t.Errorf("%s: the file of %s shows the secret", sources, path)
				}
			}
		}
		if hidden == 0 {
			t.Errorf("%s: nothing is told as sensitive", sources)
		}
	}
}
