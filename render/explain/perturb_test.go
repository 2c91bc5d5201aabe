package explain

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// This test asks Helm itself whether the places are right. It picks a scalar or
// key of what a chart renders to, asks for its origin, changes what stands at the
// place, renders the changed chart with plain Helm, and looks at the scalar
// again: it must have changed. Helm knows nothing of origins, so that a wrong one
// cannot hide.

// plainHelm renders the files of a chart with Helm alone; changed holds files
// with another content.
func plainHelm(in *chart.Inputs, values *source.File, changed map[*source.File][]byte) (map[string]string, error) {
	data := func(text []byte, of func(*source.File) bool) []byte {
		for f, d := range changed {
			if of(f) {
				text = d
			}
		}
		return yamltext.WithoutBOM(text)
	}
	var files []*loader.BufferedFile
	for _, raw := range in.Helm.Raw { // all files of the chart, and of its sub-charts
		files = append(files, &loader.BufferedFile{Name: raw.Name, Data: data(raw.Data, func(f *source.File) bool { return f.Path == raw.Name && f != values })})
	}
	helm, err := loader.LoadFiles(files)
	if err != nil {
		return nil, err
	}
	user := map[string]any{}
	if values != nil {
		if user, err = chartutil.ReadValues(data(values.Data, func(f *source.File) bool { return f == values })); err != nil {
			return nil, err
		}
	}
	if err := chartutil.ProcessDependenciesWithMerge(helm, user); err != nil {
		return nil, err
	}
	caps := chartutil.DefaultCapabilities.Copy()
	version, err := chartutil.ParseKubeVersion(chart.DefaultKubeVersion)
	if err != nil {
		return nil, err
	}
	caps.KubeVersion = *version
	release := chartutil.ReleaseOptions{Name: in.Helm.Name(), Namespace: "default", Revision: 1, IsInstall: true}
	top, err := chartutil.ToRenderValuesWithSchemaValidation(helm, user, release, caps, true)
	if err != nil {
		return nil, err
	}
	return engine.Render(helm, top)
}

// verdict is what a trial has shown.
type verdict int

const (
	confirmed    verdict = iota
	refuted              // the node is as it was
	inconclusive         // the changed chart does not render, or the node is gone
	untestable           // nothing at the place can be changed: no letter, no digit
)

// perturber makes trials with one chart and one set of values.
type perturber struct {
	in     *chart.Inputs
	values *source.File
	rand   *rand.Rand
	before map[string]string // what plain Helm renders
	nodes  []perturbNode
}

type perturbNode struct {
	m    *Manifest
	leaf yamlLeaf
}

func newPerturber(c *chart.Chart, values *source.File, seed int64) (*perturber, error) {
	options := chart.Options{}
	if values != nil {
		options.Layers = []chart.Layer{{Kind: chart.ValuesFile, File: values}}
	}
	in, err := c.Prepare(options)
	if err != nil {
		return nil, err
	}
	p := &perturber{in: in, values: values, rand: rand.New(rand.NewSource(seed))}
	result, err := Render(in, options)
	if err != nil {
		return nil, err
	}
	if p.before, err = plainHelm(in, values, nil); err != nil {
		return nil, err
	}
	for _, m := range result.Manifests {
		if m.CRD || p.before[m.Name] != m.Text { // Helm renders it differently each time
			continue
		}
		leaves := yamlLeaves(m.Text)
		paths := map[string]int{}
		for _, l := range leaves {
			paths[l.name()]++
		}
		for _, l := range leaves {
			if l.start < l.end && paths[l.name()] == 1 { // a key that stands twice names no node
				p.nodes = append(p.nodes, perturbNode{m, l})
			}
		}
	}
	return p, nil
}

// trial changes one byte, or one action, and tells what came of it.
func (p *perturber) trial() (v verdict, what string, claim string) {
	n := p.nodes[p.rand.Intn(len(p.nodes))]
	o := n.m.Origin(n.leaf.start, n.leaf.end)
	at, claim := o.Span, string(o.Kind)
	if step, ok := o.ValueStep(); ok && step.Role == source.Value && step.Span.Valid() && !step.Derived && p.rand.Intn(2) == 0 {
		at, claim = step.Span, "value"
	}
	what = fmt.Sprintf("%s %s %q (key %v)\n\tclaim %s at %s %q\n\torigin %+v", n.m.Name, n.leaf.path,
		n.m.Text[n.leaf.start:n.leaf.end], n.leaf.key, claim, at, at.Text(), o)
	if claim == string(source.Action) {
		v, why := p.actionTrial(n, at)
		return v, what + why, claim
	}
	changed, ok := p.changeByte(at.Text())
	if !ok {
		return untestable, what, claim
	}
	what += fmt.Sprintf("\n\tchanged to %q", changed)
	v, why := p.after(n, at, changed)
	return v, what + why, claim
}

// actionTrial lets an action print something else. First its whole text gets
// another beginning; where that says nothing of the node, which stands further
// behind in the text, the node's own words in the text are replaced.
func (p *perturber) actionTrial(n perturbNode, at source.Span) (verdict, string) {
	pipeline := at.Text()
	if rest, ok := strings.CutPrefix(pipeline, "template "); ok {
		pipeline = "include " + rest
	}
	v, why := p.after(n, at, fmt.Sprintf(`printf "zq%%v" (%s)`, pipeline))
	if v == confirmed {
		return v, ""
	}
	words := n.m.Text[n.leaf.start:n.leaf.end]
	words, _, _ = strings.Cut(words, "\n")
	if strings.ContainsAny(words, "`") {
		return v, why
	}
	v, again := p.after(n, at, fmt.Sprintf("(%s) | toString | replace `%s` `zq%s`", pipeline, words, words))
	return v, why + again
}

// after renders with Helm what stands at a place replaced.
func (p *perturber) after(n perturbNode, at source.Span, text string) (verdict, string) {
	rendered, err := plainHelm(p.in, p.values, map[*source.File][]byte{at.File: splice(at, text)})
	if err != nil {
		return inconclusive, "\n\t" + chart.OneLine(err.Error())
	}
	now := inOrderOf(rendered[n.m.Name], n.m.Text)
	was, is := p.node(n.m.Text, n.leaf), p.node(now, n.leaf)
	switch {
	case is == nil && !n.leaf.key:
		return inconclusive, "\n\tthe node is gone"
	case is == nil:
		if strings.TrimSpace(now) == "" || !isYAML(now) {
			return inconclusive, "\n\tthe file is gone or no YAML"
		}
		return confirmed, ""
	case was.value != is.value || was.tag != is.tag:
		return confirmed, ""
	case n.leaf.key:
		// Something else provides the same key: then what it holds has changed.
		value := n.leaf
		value.key = false
		if was, is := p.node(n.m.Text, value), p.node(now, value); was != nil && (is == nil || was.value != is.value) {
			return confirmed, ""
		}
	}
	return refuted, ""
}

// inOrderOf puts the documents of a text in the order of another text: Helm renders
// the documents of some files in the order of a Go map. Documents of the same kind
// and name belong together; the others keep their order.
func inOrderOf(text, like string) string {
	docs := documents(text)
	if len(docs) < 2 {
		return text
	}
	taken := make([]bool, len(docs))
	var out []string
	take := func(fits func(doc string) bool) bool {
		for i, d := range docs {
			if doc := text[d[0]:d[1]]; !taken[i] && fits(doc) {
				taken[i] = true
				if !strings.HasPrefix(doc, "---") {
					doc = "---\n" + doc // it may come to stand behind another one
				}
				out = append(out, strings.TrimSuffix(doc, "\n")+"\n")
				return true
			}
		}
		return false
	}
	var open []int // places of documents that have no other of their name
	for _, d := range documents(like) {
		id := identity(like[d[0]:d[1]])
		if !take(func(doc string) bool { return identity(doc) == id }) {
			open = append(open, len(out))
			out = append(out, "")
		}
	}
	for _, i := range open {
		if take(func(string) bool { return true }) {
			out[i] = out[len(out)-1]
			out = out[:len(out)-1]
		}
	}
	for take(func(string) bool { return true }) {
	}
	return strings.Join(out, "")
}

// isYAML says whether all documents of a text can be read.
func isYAML(text string) bool {
	for _, d := range documents(text) {
		if strings.Trim(text[d[0]:d[1]], "- \r\n") != "" && yamltext.Parse(text[d[0]:d[1]]).Root == nil {
			return false
		}
	}
	return true
}

// node finds the node of the same path in another text.
func (p *perturber) node(text string, l yamlLeaf) *yamlLeaf {
	for _, other := range yamlLeaves(text) {
		if other.name() == l.name() {
			return &other
		}
	}
	return nil
}

// name names a node within its text.
func (l yamlLeaf) name() string { return fmt.Sprint(l.doc, l.key, l.path) }

// splice replaces a place in its file.
func splice(at source.Span, text string) []byte {
	return slices.Concat(at.File.Data[:at.Start], []byte(text), at.File.Data[at.End:])
}

// changeByte replaces one letter or digit by another one.
func (p *perturber) changeByte(text string) (string, bool) {
	switch text {
	case "true":
		return "false", true
	case "false":
		return "true", true
	}
	var at []int
	for i, c := range []byte(text) {
		if '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' {
			if i == 0 || text[i-1] != '\\' && text[i-1] != '%' {
				at = append(at, i)
			}
		}
	}
	if len(at) == 0 {
		return "", false
	}
	i := at[p.rand.Intn(len(at))]
	out := []byte(text)
	switch c := out[i]; {
	case c <= '9':
		out[i] = '1' + (c-'0'+1)%9
		if out[i] == c {
			out[i] = '1' + (c-'0'+2)%9
		}
	case c <= 'Z':
		out[i] = 'A' + (c-'A'+1+byte(p.rand.Intn(24)))%26
	default:
		out[i] = 'a' + (c-'a'+1+byte(p.rand.Intn(24)))%26
	}
	return string(out), !bytes.Equal(out, []byte(text))
}

// tally counts verdicts by claim.
type tally map[string]*[4]int

func (a tally) add(claim string, v verdict) {
	if a[claim] == nil {
		a[claim] = new([4]int)
	}
	a[claim][v]++
}

func (a tally) report(t *testing.T) (trials, ok, bad int) {
	for _, claim := range slices.Sorted(maps.Keys(a)) {
		n := a[claim]
		t.Logf("%-8s %5d confirmed %3d refuted %4d inconclusive (%d had nothing to change)", claim, n[confirmed], n[refuted], n[inconclusive], n[untestable])
		trials += n[confirmed] + n[refuted] + n[inconclusive]
		ok += n[confirmed]
		bad += n[refuted]
	}
	return trials, ok, bad
}

// TestPerturbCorpus makes trials with every chart of the shared data.
func TestPerturbCorpus(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute; without -short it runs")
	}
	count := tally{}
	for i, c := range sourcetest.Charts(t) {
		chart, err := chart.Load(c.Dir)
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		all := setsOf(t, c)
		sets := []*source.File{nil}
		if len(c.CI) > 0 {
			sets = append(sets, all[c.CI[0]].Layers[0].File)
		}
		for j, values := range sets {
			p, err := newPerturber(chart, values, int64(100*i+j))
			if err != nil {
				t.Logf("%s: %v", c.Name, err)
				continue
			}
			// Large charts render slowly: they get fewer trials.
			trials := 20 - min(16, len(p.nodes)/400)
			for n := 0; n < trials && len(p.nodes) > 0; n++ {
				v, what, claim := p.trial()
				count.add(claim, v)
				if v == refuted {
					t.Errorf("refuted: %s: %s", c.Name, what)
				} else if v == inconclusive {
					t.Logf("inconclusive: %s: %s", c.Name, what)
				}
			}
		}
	}
	trials, ok, _ := count.report(t)
	if trials < 2000 {
		t.Errorf("only %d trials, want 2000", trials)
	}
	if ok*100 < trials*95 {
		t.Errorf("%d of %d trials are confirmed, want 95 %%", ok, trials)
	}
}

// TestPerturb makes trials with the charts of this package's own tests.
func TestPerturb(t *testing.T) {
	files := map[string]string{
		"Chart.yaml": webChart("appVersion: v7\n"), "values.yaml": originValues,
		"conf/a.yaml": "k: from-file\nv: {{ .Values.name }}\n", "conf/plain.txt": "first\nsecond\n",
		"templates/_helpers.tpl": originHelpers,
	}
	for i, c := range origins {
		if !strings.Contains(c.template, "set .Values") {
			files[fmt.Sprintf("templates/x%02d.yaml", i)] = c.template
		}
	}
	count := tally{}
	for i, c := range []*chart.Chart{chartOf(t, files), relatives(t)} {
		p, err := newPerturber(c, nil, int64(i))
		if err != nil {
			t.Fatal(err)
		}
		for range 150 {
			v, what, claim := p.trial()
			count.add(claim, v)
			if v == refuted {
				t.Errorf("refuted: %s", what)
			} else if v == inconclusive {
				t.Logf("inconclusive: %s", what)
			}
		}
	}
	if trials, ok, _ := count.report(t); ok*100 < trials*85 {
		t.Errorf("%d of %d trials are confirmed, want 85 %%", ok, trials)
	}
}
