package kube

import (
	"errors"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/render/source"
)

// render renders the chart.
func (rel *helmRelease) render(m *result, o Options) {
	if len(rel.unknown) == 0 && attributeReason(rel.r.Values, "name")+attributeReason(rel.r.Values, "namespace") == "" {
		objects, _ := rel.renderWith(m, o, "", "")
		m.objects = append(m.objects, objects...)
		return
	}
	rel.compare(m, o)
}

// compare renders the chart twice, with two texts in place of each value that is not
// known. What differs depends on such a value. The texts are digits, so that they do
// where a number or a text is expected; templates that compare numbers want them as
// numbers. Fields that are wrong because of them differ, so that only the faults
// that do not depend on them are reported.
func (rel *helmRelease) compare(m *result, o Options) {
	for _, kind := range []helm.LayerKind{helm.SetString, helm.Set} {
		var one, two result
		a, ok := rel.renderWith(&one, o, kind, "20011")
		b, same := rel.renderWith(&two, o, kind, "20022")
		if !ok || !same || !sameKinds(a, b) {
			continue
		}
		m.notes = append(m.notes, one.notes...)
		typed := map[string]bool{}
		for i := range a {
			prefix := rel.r.Address + ": " + a[i].String() + ": "
			typed[prefix] = true
			object, errs := rel.undecided(a[i], b[i])
			for _, err := range errs {
				err.What = rel.r.Address + ": " + err.What
			}
			m.objects, m.errs = append(m.objects, object), append(m.errs, errs...)
		}
		for _, err := range one.errs {
			known := slices.ContainsFunc(two.errs, func(other *source.Error) bool { return other.What == err.What && other.At == err.At })
			for prefix := range typed {
				known = known && !strings.HasPrefix(err.What, prefix)
			}
			if known {
				m.errs = append(m.errs, err)
			}
		}
		return
	}
	m.notAnalysed(rel.r, "what it creates depends on what is not known: "+rel.reasons())
}

// reasons say what is not known, and why.
func (rel *helmRelease) reasons() string {
	var reasons []string
	for _, attribute := range []string{"name", "namespace"} {
		if why := attributeReason(rel.r.Values, attribute); why != "" {
			reasons = append(reasons, attribute+" of the release: "+why)
		}
	}
	for _, u := range rel.unknown {
		reasons = append(reasons, u.name+" of the chart: "+u.reason)
	}
	return strings.Join(reasons, "; ")
}

// sameKinds reports whether two renderings have the same objects, apart from their names.
func sameKinds(a, b []*object.Object) bool {
	return slices.EqualFunc(a, b, func(x, y *object.Object) bool { return x.Kind == y.Kind && x.APIVersion == y.APIVersion })
}

// renderWith renders the chart, with a text in place of what is not known, set by a kind of
// flag.
func (rel *helmRelease) renderWith(m *result, o Options, kind helm.LayerKind, unknown string) ([]*object.Object, bool) {
	declared := &release.Release{
		By: release.Terraform, Chart: rel.chart, Name: attributeText(rel.r.Values, "name"), Namespace: orDefault(attributeText(rel.r.Values, "namespace")),
		Declared: release.Declaration{Name: rel.r.Address, Span: rel.r.Block, Behind: rel.r.Place.Origin().Trace},
	}
	for i, l := range rel.layers {
		for _, u := range rel.unknown {
			if u.layer == i {
				l.Kind, l.Text = kind, u.name+"="+unknown
			}
		}
		if l.Kind == helm.ValuesFile || l.Text != "" {
			declared.Layers = append(declared.Layers, l)
		}
	}
	if attributeReason(rel.r.Values, "name") != "" {
		declared.Name = "release-" + unknown
	}
	if attributeReason(rel.r.Values, "namespace") != "" {
		declared.Namespace = "namespace-" + unknown
	}
	options, moved := declared.Options(o.Helm), declared.Places()
	chart, err := helm.Load(declared.Chart, options)
	if err != nil {
		m.errs = append(m.errs, moved.Fault(asError(err)))
		return nil, false
	}
	if o.Read != nil {
		o.Read(chart.Files(""))
	}
	for _, problem := range chart.Problems() {
		m.errs = append(m.errs, moved.Fault(problem))
	}
	rendered, errs := chart.Render(chart.Sets()[0])
	for _, err := range errs {
		m.errs = append(m.errs, moved.Fault(err))
	}
	if rendered == nil {
		return nil, false
	}
	for _, note := range rendered.Notes {
		m.notes = append(m.notes, rel.r.Address+": "+note)
	}
	objects := make([]*object.Object, len(rendered.Objects))
	for i, ro := range rendered.Objects {
		objects[i] = moved.Object(ro)
		objects[i].Address = rel.r.Address
	}
	return objects, true
}

func asError(err error) *source.Error {
	var e *source.Error
	if errors.As(err, &e) {
		return e
	}
	return &source.Error{What: err.Error(), Err: err}
}

// undecided makes what differs between two renderings unknown.
func (rel *helmRelease) undecided(a, b *object.Object) (*object.Object, []*source.Error) {
	out := *a
	out.Tree = differing(a.Tree, b.Tree, rel.reasons())
	if namespace := rel.r.Values.Get("namespace"); namespace != nil && namespace.Kind == object.Unknown && !a.ClusterWide() {
		out.Tree = rewrite(out.Tree, []string{"metadata", "namespace"}, namespace.Ref, func(n *object.Node) *object.Node {
			if n == nil {
				return namespace
			}
			return n
		})
	}
	setNames(&out)
	if out.Namespace == "" && out.Get("metadata", "namespace").Known() {
		out.Namespace = a.Namespace
	}
	return &out, out.TypeErrors()
}

// differing is the tree a with everything unknown that b has otherwise.
func differing(a, b *object.Node, why string) *object.Node {
	unknown := func(n *object.Node) *object.Node {
		return &object.Node{Kind: object.Unknown, Text: why, Ref: n.Ref}
	}
	if b == nil || a.Kind != b.Kind || a.Scalar() && a.Text != b.Text || len(a.Items) != len(b.Items) {
		return unknown(a)
	}
	out := *a
	out.Items = make([]*object.Node, len(a.Items))
	for i := range a.Items {
		out.Items[i] = differing(a.Items[i], b.Items[i], why)
	}
	out.Entries = make([]object.Entry, 0, len(a.Entries))
	for _, e := range a.Entries {
		out.Entries = append(out.Entries, object.Entry{Key: e.Key, Ref: e.Ref, Value: differing(e.Value, b.Get(e.Key), why)})
	}
	for _, e := range b.Entries {
		if a.Get(e.Key) == nil {
			out.Entries = append(out.Entries, object.Entry{Key: e.Key, Ref: e.Ref, Value: unknown(e.Value)})
		}
	}
	return &out
}
