package kube

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/render/source"
)

// patchTypes are the resources that change an object that somebody else makes, with
// what they patch where the resource does not say it. Source:
// hashicorp/terraform-provider-kubernetes v3.2.1.
var patchTypes = map[string]kindOf{
	"kubernetes_labels":             {},
	"kubernetes_annotations":        {},
	"kubernetes_env":                {},
	"kubernetes_node_taint":         {APIVersion: "v1", Kind: "Node"},
	"kubernetes_config_map_v1_data": {APIVersion: "v1", Kind: "ConfigMap"},
	"kubernetes_secret_v1_data":     {APIVersion: "v1", Kind: "Secret"},
}

// patch is what a patch resource does.
type patch struct {
	r      *eval.Resource
	target *object.Object // with what is said of the object alone: kind, name, namespace
	// changes make a new tree of a tree; stub says that the tree is that of an
	// object that the configuration does not have.
	changes []func(tree *object.Node, stub bool) *object.Node
	faults  []*source.Error
	notes   []string
}

// newPatch reads a patch resource; nil where it is not known what it patches, and
// then note says so.
func newPatch(r *eval.Resource) (p *patch, note string) {
	k := patchTypes[r.Type]
	if k.Kind == "" {
		k = kindOf{APIVersion: attributeText(r.Values, "api_version"), Kind: attributeText(r.Values, "kind")}
		for _, attribute := range []string{"api_version", "kind"} {
			if why := attributeReason(r.Values, attribute); why != "" {
				return nil, fmt.Sprintf("%s was not analyzed: it is not known what it patches: %s", r.Address, why)
			}
		}
	}
	m := &structMapper{address: r.Address}
	tree := objectHeader(r, k.APIVersion, k.Kind)
	p = &patch{r: r, target: &object.Object{APIVersion: k.APIVersion, Kind: k.Kind, Tree: tree, Address: r.Address, Change: r.Change}}
	pod, _ := object.TypeOf("v1", "Pod")
	meta := pod.FieldByIndex(object.JSONFields(pod)["metadata"]).Type
	for _, e := range r.Values.Entries {
		switch e.Key {
		case "api_version", "kind", "force", "field_manager", "container", "init_container", "id":
		case "metadata":
			if v := m.value(meta, e, "", "metadata"); v != nil {
				tree.Entries = append(tree.Entries, object.Entry{Key: "metadata", Ref: e.Ref, Value: v})
			}
		case "labels", "annotations":
			p.merge(e, m.value(reflect.TypeFor[map[string]string](), e, "", e.Key), "metadata", e.Key)
		case "template_annotations":
			keys := append(templatePath(k.Kind), "metadata", "annotations")
			p.merge(e, m.value(reflect.TypeFor[map[string]string](), e, "", e.Key), keys...)
		case "data":
			t := reflect.TypeFor[map[string]string]()
			if k.Kind == "Secret" {
				t = reflect.TypeFor[map[string][]byte]()
			}
			p.merge(e, m.value(t, e, "", e.Key), "data")
		case "taint":
			node, _ := object.TypeOf("v1", "Node")
			spec := node.FieldByIndex(object.JSONFields(node)["spec"]).Type
			p.put(e, m.value(spec.FieldByIndex(object.JSONFields(spec)["taints"]).Type, e, "", e.Key), "spec", "taints")
		case "env":
			p.env(m, pod, e)
		default:
			if !metaArguments[e.Key] && e.Value.Kind != object.Null {
				m.unknown(reflect.TypeFor[struct{}](), e, "")
			}
		}
	}
	if !p.target.ClusterWide() {
		defaultNamespace(tree, r)
	}
	setNames(p.target)
	p.faults, p.notes = m.faults, m.notes
	return p, ""
}

// templatePath is the way to the pod template of a kind.
func templatePath(kind string) []string {
	if kind == "CronJob" {
		return []string{"spec", "jobTemplate", "spec", "template"}
	}
	return []string{"spec", "template"}
}

// merge lays the members of a mapping over those at a path.
func (p *patch) merge(e object.Entry, over *object.Node, path ...string) {
	if over == nil {
		return
	}
	p.changes = append(p.changes, func(tree *object.Node, _ bool) *object.Node {
		return rewrite(tree, path, e.Ref, func(n *object.Node) *object.Node {
			if n == nil || over.Kind != object.Map || n.Kind != object.Map {
				return over
			}
			both := &object.Node{Kind: object.Map, Ref: n.Ref, Partial: n.Partial, Entries: slices.Clone(n.Entries)}
			if both.Partial == "" {
				both.Partial = over.Partial
			}
			for _, entry := range over.Entries {
				i := slices.IndexFunc(both.Entries, func(have object.Entry) bool { return have.Key == entry.Key })
				if i < 0 {
					both.Entries = append(both.Entries, entry)
				} else {
					both.Entries[i] = entry
				}
			}
			return both
		})
	})
}

// put appends to a list at a path.
func (p *patch) put(e object.Entry, list *object.Node, path ...string) {
	if list == nil {
		return
	}
	p.changes = append(p.changes, func(tree *object.Node, _ bool) *object.Node {
		return rewrite(tree, path, e.Ref, func(n *object.Node) *object.Node {
			if n == nil || n.Kind != object.List || list.Kind != object.List {
				return list
			}
			return &object.Node{Kind: object.List, Ref: n.Ref, Items: slices.Concat(n.Items, list.Items)}
		})
	})
}

// env sets variables in one container, by their names.
func (p *patch) env(m *structMapper, pod reflect.Type, e object.Entry) {
	spec := pod.FieldByIndex(object.JSONFields(pod)["spec"]).Type
	container := spec.FieldByIndex(object.JSONFields(spec)["containers"]).Type.Elem()
	env := m.value(container.FieldByIndex(object.JSONFields(container)["env"]).Type, e, "Container.env", e.Key)
	if env == nil {
		return
	}
	list, of := "containers", p.r.Values.Get("container")
	if !isSet(of) {
		list, of = "initContainers", p.r.Values.Get("init_container")
	}
	if of == nil {
		return // the provider refuses it
	}
	path := []string{"spec", list}
	if p.target.Kind != "Pod" {
		path = append(templatePath(p.target.Kind), path...)
	}
	p.changes = append(p.changes, func(tree *object.Node, stub bool) *object.Node {
		return rewrite(tree, path, e.Ref, func(n *object.Node) *object.Node {
			out := &object.Node{Kind: object.List, Ref: e.Ref}
			if n != nil {
				*out = *n
				out.Items = slices.Clone(n.Items)
			}
			for i, c := range out.Items {
				if name := c.Get("name"); of.Scalar() && name.Scalar() && name.Text == of.Text {
					out.Items[i] = rewrite(c, []string{"env"}, e.Ref, func(have *object.Node) *object.Node { return overName(have, env) })
					return out
				}
			}
			if !stub {
				p.notes = append(p.notes, fmt.Sprintf("%s: the object has no container %q", p.r.Address, of.Text))
				return n
			}
			out.Items = append(out.Items, &object.Node{Kind: object.Map, Ref: e.Ref, Entries: []object.Entry{
				{Key: "name", Ref: of.Ref, Value: of}, {Key: "env", Ref: e.Ref, Value: env},
			}})
			return out
		})
	})
}

// overName lays a list of named things over another one.
func overName(have, over *object.Node) *object.Node {
	if have == nil || have.Kind != object.List || over.Kind != object.List {
		return over
	}
	out := &object.Node{Kind: object.List, Ref: have.Ref}
	for _, item := range have.Items {
		name := item.Get("name")
		replaced := slices.ContainsFunc(over.Items, func(o *object.Node) bool {
			other := o.Get("name")
			return name.Scalar() && other.Scalar() && name.Text == other.Text
		})
		if !replaced {
			out.Items = append(out.Items, item)
		}
	}
	out.Items = append(out.Items, over.Items...)
	return out
}

// rewrite makes a new tree with another node at a path; nil stands for a node that is
// not there. What is not known stays so. Mappings that are missing are made, at the
// place of the patch.
func rewrite(n *object.Node, path []string, at object.Ref, change func(*object.Node) *object.Node) *object.Node {
	if len(path) == 0 {
		return change(n)
	}
	if n != nil && n.Kind != object.Map && n.Kind != object.Null {
		return n
	}
	out := &object.Node{Kind: object.Map, Ref: at}
	if n != nil && n.Kind == object.Map {
		out.Ref, out.Partial, out.Entries = n.Ref, n.Partial, slices.Clone(n.Entries)
	}
	i := slices.IndexFunc(out.Entries, func(e object.Entry) bool { return e.Key == path[0] })
	if i >= 0 {
		out.Entries[i].Value = rewrite(out.Entries[i].Value, path[1:], at, change)
	} else if v := rewrite(nil, path[1:], at, change); v != nil {
		out.Entries = append(out.Entries, object.Entry{Key: path[0], Ref: at, Value: v})
	}
	return out
}

// applyTo changes an object of the configuration.
func (p *patch) applyTo(o *object.Object) {
	for _, change := range p.changes {
		o.Tree = change(o.Tree, false)
	}
	if o.Change == object.NoOp && p.r.Change != object.NoOp {
		o.Change = object.Update
	}
}

// stub is an object that the configuration does not have, with what the patch says of
// it; the rest of it is not known.
func (p *patch) stub() *object.Object {
	o := *p.target
	for _, change := range p.changes {
		o.Tree = change(o.Tree, true)
	}
	why := p.r.Address + " patches an object outside this configuration"
	o.Tree = opened(o.Tree, why)
	return &o
}

// opened makes a tree of which it is not known what else is in it; what the patch
// itself puts in lists is whole.
func opened(n *object.Node, why string) *object.Node {
	out := *n
	if n.Kind == object.Map && n.Partial == "" {
		out.Partial = why
	}
	out.Entries, out.Items = slices.Clone(n.Entries), slices.Clone(n.Items)
	for i, e := range out.Entries {
		if e.Key != "env" && e.Key != "taints" {
			out.Entries[i].Value = opened(e.Value, why)
		}
	}
	for i, item := range out.Items {
		out.Items[i] = opened(item, why)
	}
	return &out
}

// patches reports whether an object is the one that the patch is for.
func (p *patch) patches(o *object.Object) bool {
	t := p.target
	if o.Kind != t.Kind || o.Group() != t.Group() || t.Name == "" || o.Name != t.Name {
		return false
	}
	return o.ClusterWide() || orDefault(o.Namespace) == orDefault(t.Namespace)
}

func orDefault(namespace string) string {
	if namespace == "" {
		return "default"
	}
	return namespace
}
