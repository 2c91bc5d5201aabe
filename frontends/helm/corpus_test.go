package helm

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/releaseutil"
	"sigs.k8s.io/yaml"

	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// TestCorpus reads real charts with all of their values sets: no errors, the very
// values that Helm reads, and a place in the chart for every key and scalar.
func TestCorpus(t *testing.T) {
	root := sourcetest.Shared(t, "data/charts")
	charts, err := Find(source.Disk, root)
	if err != nil {
		t.Fatal(err)
	}
	var sets, objects, nodes, copied, files int
	for _, path := range charts {
		c, err := Load(path, Options{ReleaseName: "mesh"})
		if err != nil {
			t.Error(err)
			continue
		}
		for _, set := range c.Sets() {
			r, errs := c.Render(set)
			for _, err := range errs {
				t.Errorf("%s %s: %v", path, set, err)
			}
			if r == nil {
				continue
			}
			sets++
			objects += len(r.Objects)
			if r.Same != "" {
				continue
			}
			for _, f := range r.files {
				if wrong := readsOtherwise(f); wrong != "" {
					t.Errorf("%s %s: %s: %s", path, set, f.manifest.Name, wrong)
				}
			}
			for f := range r.Blame() {
				files++
				if !f.Exact {
					t.Errorf("%s %s: %s is not exact: %s", path, set, f.Template, f.Reason)
				}
				for _, d := range f.Documents {
					nodes += len(d.Nodes)
					for _, n := range d.Nodes {
						is, wrong := standsThere(path, f, n)
						if wrong != "" {
							t.Errorf("%s %s: %s: %s %s %q: %s", path, set, f.Template, n.Part, n.Path, n.Value, wrong)
						}
						if is {
							copied++
						}
					}
				}
			}
		}
	}
	t.Logf("%d charts, %d values sets, %d objects, %d files, %d keys and scalars (%d of them text of a template)",
		len(charts), sets, objects, files, nodes, copied)
	if len(charts) < 100 || copied < nodes/3 {
		t.Error("the corpus is smaller than it was")
	}
}

// readsOtherwise compares the documents of a manifest with what Helm splits and
// sigs.k8s.io/yaml reads.
func readsOtherwise(f file) string {
	var want []string
	if f.manifest.CRD {
		return "" // read as kubectl does
	}
	split := releaseutil.SplitManifests(f.manifest.Text)
	names := make([]string, 0, len(split))
	for name := range split {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if releaseutil.BySplitManifestsOrder([]string{a, b}).Less(0, 1) {
			return -1
		}
		return 1
	})
	for _, name := range names {
		data, err := yaml.YAMLToJSON([]byte(split[name] + "\n")) // as Helm prints it
		if err != nil {
			return err.Error()
		}
		if string(data) != "null" {
			want = append(want, string(data))
		}
	}
	if len(want) != len(f.decoded.Documents) {
		return fmt.Sprintf("%d documents, Helm has %d", len(f.decoded.Documents), len(want))
	}
	for i, tree := range f.decoded.Documents {
		data, err := json.Marshal(tree.Interface())
		if err != nil {
			return err.Error()
		}
		if string(data) != want[i] {
			return fmt.Sprintf("document %d: %.300s\nHelm reads %.300s", i, data, want[i])
		}
	}
	return ""
}

var texts = map[string]string{}

// standsThere says what is wrong with a node's place; is says that the value is text
// of the template, byte for byte.
func standsThere(chart string, f BlameFile, n BlameNode) (is bool, wrong string) {
	if n.Template == nil || n.Template.Line < 1 || n.Template.File == "" {
		return false, "no place"
	}
	if strings.Contains(n.Template.File, "!") || n.Template.Kind != source.Text || !f.Exact {
		return false, ""
	}
	name := filepath.Join(chart, n.Template.File)
	if _, ok := texts[name]; !ok {
		data, err := os.ReadFile(name)
		if err != nil {
			return false, err.Error()
		}
		texts[name] = string(data)
	}
	text := texts[name]
	at := text[n.Template.Offset : n.Template.Offset+n.Template.Length]
	before := text[:n.Template.Offset]
	if line := strings.Count(before, "\n") + 1; line != n.Template.Line {
		return false, fmt.Sprintf("line %d, but the offset is in line %d", n.Template.Line, line)
	}
	if n.Value == "" || at == n.Value {
		return true, ""
	}
	// A value that is more than this text begins or ends with it, but for quoting
	// and folding.
	plain := strings.NewReplacer(`\n`, " ", `\`, "", `'`, "", `"`, "", "\r", "")
	fields := func(s string) []string { return strings.Fields(plain.Replace(s)) }
	whole, part := strings.Join(fields(n.Value), " "), strings.Join(fields(at), " ")
	if part == "" || strings.Contains(whole, part) || strings.HasPrefix(part, whole) {
		return false, ""
	}
	return false, fmt.Sprintf("%.80q stands there", at)
}
