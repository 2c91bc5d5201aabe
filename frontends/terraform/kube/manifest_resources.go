package kube

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/frontends/terraform/texts"
	"github.com/mesh-check/mesh-check/render/source"
)

// result is what one resource makes.
type result struct {
	objects []*object.Object
	notes   []string
	errs    []*source.Error
}

func (m *result) notAnalysed(r *eval.Resource, why string) {
	m.notes = append(m.notes, r.Address+" was not analyzed: "+why)
}

func (m *result) fault(r *eval.Resource, at object.Ref, what, do string) {
	if !at.Known() {
		at = r.Place
	}
	m.errs = append(m.errs, &source.Error{What: r.Address + ": " + what, Do: do, At: at.Origin().Span})
}

// fromManifest makes the object of a kubernetes_manifest: its manifest is the
// Kubernetes object itself. It has to be read as Kubernetes reads JSON afterwards.
func fromManifest(r *eval.Resource) (m result) {
	manifest := r.Values.Get("manifest")
	switch {
	case manifest == nil || manifest.Kind == object.Null:
		m.fault(r, object.Ref{}, "it has no manifest", "set manifest")
		return m
	case manifest.Kind == object.Unknown:
		m.notAnalysed(r, "its manifest is not known: "+manifest.Text)
		return m
	case manifest.Kind != object.Map:
		m.fault(r, manifest.Ref, "manifest is not an object", "")
		return m
	}
	tree := withoutNulls(manifest)
	if !tree.Ref.Known() {
		tree.Ref = r.Place
	}
	for _, key := range []string{"apiVersion", "kind"} {
		switch n := tree.Get(key); {
		case n != nil && n.Kind == object.Unknown:
			m.notAnalysed(r, key+" of its manifest is not known: "+n.Text)
			return m
		case !n.Scalar() || n.Text == "":
			m.fault(r, manifest.Ref, "the manifest has no "+key, "")
			return m
		}
	}
	if t, ok := object.TypeOf(tree.Get("apiVersion").Text, tree.Get("kind").Text); ok {
		tree = morphed(t, tree)
	}
	o := &object.Object{APIVersion: tree.Get("apiVersion").Text, Kind: tree.Get("kind").Text, Tree: tree, Address: r.Address}
	setNames(o)
	m.objects = append(m.objects, o)
	return m
}

// withoutNulls is the tree without the members that are null: the provider leaves
// them out.
func withoutNulls(n *object.Node) *object.Node {
	if n == nil || n.Kind != object.Map && n.Kind != object.List {
		return n
	}
	out := &object.Node{Kind: n.Kind, Ref: n.Ref, Partial: n.Partial}
	for _, e := range n.Entries {
		if e.Value != nil && e.Value.Kind != object.Null {
			e.Value = withoutNulls(e.Value)
			out.Entries = append(out.Entries, e)
		}
	}
	for _, item := range n.Items {
		out.Items = append(out.Items, withoutNulls(item))
	}
	return out
}

// fromYAML makes the objects of a kubectl_manifest: its yaml_body is YAML. The
// objects are read as Kubernetes reads them.
func fromYAML(r *eval.Resource, files map[string]*source.File) (m result) {
	body := r.Values.Get("yaml_body")
	// A plan marks yaml_body as sensitive, and has it once more without the fields that
	// are.
	if parsed := r.Values.Get("yaml_body_parsed"); body != nil && body.Kind == object.Unknown && parsed.Scalar() && parsed.Text != "" {
		body = &object.Node{Kind: object.String, Text: parsed.Text, Ref: body.Ref}
	}
	switch {
	case body == nil || body.Kind == object.Null:
		m.fault(r, object.Ref{}, "it has no yaml_body", "set yaml_body")
		return m
	case body.Kind == object.Unknown:
		m.notAnalysed(r, "its yaml_body is not known: "+body.Text)
		return m
	case !body.Scalar():
		m.fault(r, body.Ref, "yaml_body is not a string", "")
		return m
	}
	places := texts.New(body, r.Address+".yaml_body", files)
	first, next := firstOfDocuments(body.Text)
	if next.end > 0 {
		m.notes = append(m.notes, fmt.Sprintf("%s: the yaml_body of %s has another document here; "+
			"the provider applies only the first one, and no other was analyzed", places.Origin(next.start, next.end).Span, r.Address))
	}
	d := object.Decode(first, places, object.Kubectl)
	m.errs = append(m.errs, d.Errors...)
	for _, n := range d.Notes {
		if n.Duplicate {
			m.errs = append(m.errs, &source.Error{What: n.Text, At: n.Place.Origin().Span, Do: "delete one of them"})
		} else {
			m.notes = append(m.notes, n.String())
		}
	}
	if len(d.Objects) == 0 && len(d.Errors) == 0 {
		m.notes = append(m.notes, fmt.Sprintf("%s: its yaml_body contains no Kubernetes object", r.Address))
	}
	namespace := r.Values.Get("override_namespace")
	encoded := eval.NewEncoded(body, r.Address+".yaml_body")
	for _, o := range d.Objects {
		o.Address = r.Address
		if encoded != nil && len(d.Documents) == 1 && o.Tree == d.Documents[0] {
			o.Tree = encoded.Placed(o.Tree)
		}
		if namespace != nil && namespace.Kind != object.Null && namespace.Text != "" && !o.ClusterWide() {
			o.Tree = rewrite(o.Tree, []string{"metadata", "namespace"}, namespace.Ref, func(*object.Node) *object.Node { return namespace })
			setNames(o)
		}
		m.objects = append(m.objects, o)
	}
	return m
}

// morphed makes the scalars of a manifest those of a Kubernetes type: the provider asks
// the server for the type and converts texts, numbers and booleans. Source: package
// manifest/morph of hashicorp/terraform-provider-kubernetes v3.2.1.
func morphed(t reflect.Type, n *object.Node) *object.Node {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if n.Scalar() {
		if n.Kind == object.String && n.Text == "" || t.Kind() == reflect.Struct && t.Name() != "IntOrString" && t.Name() != "Quantity" {
			return n
		}
		if t.Name() == "IntOrString" || t.Kind() == reflect.Slice {
			return n
		}
		return convertScalar(t, n)
	}
	out := *n
	switch {
	case t.Kind() == reflect.Slice && n.Kind == object.List:
		out.Items = make([]*object.Node, len(n.Items))
		for i, item := range n.Items {
			out.Items[i] = morphed(t.Elem(), item)
		}
	case t.Kind() == reflect.Map && n.Kind == object.Map:
		out.Entries = slices.Clone(n.Entries)
		for i, e := range out.Entries {
			out.Entries[i].Value = morphed(t.Elem(), e.Value)
		}
	case t.Kind() == reflect.Struct && n.Kind == object.Map && !reflect.PointerTo(t).Implements(selfReading):
		fields := object.JSONFields(t)
		out.Entries = slices.Clone(n.Entries)
		for i, e := range out.Entries {
			if index, ok := fields[e.Key]; ok {
				out.Entries[i].Value = morphed(t.FieldByIndex(index).Type, e.Value)
			}
		}
	}
	return &out
}
