package kube

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/render/source"
)

// structMapper makes the tree of one object, directed by the types of Kubernetes.
type structMapper struct {
	address string
	faults  []*source.Error
	notes   []string
}

// typed makes the object of a resource whose type stands for one kind.
func (m *structMapper) typed(r *eval.Resource, k kindOf, t reflect.Type) *object.Object {
	tree := objectHeader(r, k.APIVersion, k.Kind)
	values := &object.Node{Kind: object.Map, Ref: r.Values.Ref, Partial: r.Values.Partial}
	for _, e := range r.Values.Entries {
		if e.Key != "status" && !metaArguments[e.Key] {
			values.Entries = append(values.Entries, e)
		}
	}
	body := m.structure(t, values, "")
	tree.Entries, tree.Partial = append(tree.Entries, body.Entries...), body.Partial
	o := &object.Object{APIVersion: k.APIVersion, Kind: k.Kind, Tree: tree, Address: r.Address}
	if !o.ClusterWide() {
		defaultNamespace(tree, r)
	}
	if r.Type == prefix+"default_service_account" || r.Type == prefix+"default_service_account_v1" {
		setDefault(ensure(tree, "metadata", r.Place), "name", "default")
	}
	setNames(o)
	return o
}

// metaArguments are Terraform's own in every resource.
var metaArguments = map[string]bool{
	"count": true, "for_each": true, "provider": true, "depends_on": true, "lifecycle": true, "provisioner": true, "connection": true,
}

// objectHeader is the start of an object's tree; its places are the block itself.
func objectHeader(r *eval.Resource, apiVersion, kind string) *object.Node {
	entry := func(key, text string) object.Entry {
		return object.Entry{Key: key, Ref: r.Place, Value: &object.Node{Kind: object.String, Text: text, Ref: r.Place}}
	}
	return &object.Node{Kind: object.Map, Ref: r.Place, Entries: []object.Entry{entry("apiVersion", apiVersion), entry("kind", kind)}}
}

// setNames copies what outputs name an object by.
func setNames(o *object.Object) {
	o.Name = o.Get("metadata", "name").Str().V
	o.Namespace = o.Get("metadata", "namespace").Str().V
}

// defaultNamespace sets the provider's default. Source: namespacedMetadataSchema of
// hashicorp/terraform-provider-kubernetes v3.2.1.
func defaultNamespace(tree *object.Node, r *eval.Resource) {
	meta := ensure(tree, "metadata", r.Place)
	setDefault(meta, "namespace", "default")
}

// ensure returns the mapping of a key, and makes it where there is none.
func ensure(n *object.Node, key string, at object.Ref) *object.Node {
	if v := n.Get(key); v != nil {
		return v
	}
	v := &object.Node{Kind: object.Map, Ref: at}
	n.Entries = append(n.Entries, object.Entry{Key: key, Ref: at, Value: v})
	return v
}

// setDefault sets what is not written: it has no place, so that it is where the
// mapping does.
func setDefault(n *object.Node, key, text string) {
	if n.Kind == object.Map && n.Get(key) == nil {
		n.Entries = append(n.Entries, object.Entry{Key: key, Value: &object.Node{Kind: object.String, Text: text}})
	}
}

// structure maps a block onto a struct. path is the Terraform path for messages.
func (m *structMapper) structure(t reflect.Type, n *object.Node, path string) *object.Node {
	out := &object.Node{Kind: object.Map, Ref: n.Ref, Partial: n.Partial}
	var unread []unreadEntry
	for _, e := range n.Entries {
		if e.Value == nil || e.Value.Kind == object.Null {
			continue
		}
		to := targetOf(t, e.Key)
		switch to.meaning {
		case unknownName:
			if u, is := m.unknown(t, e, path); is {
				unread = append(unread, u)
			}
		case inlineName:
			if b := firstBlock(n, e.Key); b != nil {
				inner := m.structure(t, b, joinBlocks(path, e.Key))
				out.Entries = append(out.Entries, inner.Entries...)
			}
		case fieldName:
			v := m.value(to.typ, e, t.Name()+"."+e.Key, joinBlocks(path, e.Key))
			if v == nil {
				continue
			}
			place := e.Ref
			if list := e.Value; !place.Known() && list.Kind == object.List && len(list.Items) > 0 {
				place = list.Items[0].Ref
			}
			addEntry(out, object.Entry{Key: to.json, Ref: place, Value: v})
		}
	}
	defaults(t, out)
	leaveOpen(out, unread)
	return out
}

// addEntry appends an entry; two attributes that are one field in Kubernetes (data and
// binary_data of a Secret) are put together.
func addEntry(n *object.Node, e object.Entry) {
	i := slices.IndexFunc(n.Entries, func(have object.Entry) bool { return have.Key == e.Key })
	if i < 0 {
		n.Entries = append(n.Entries, e)
		return
	}
	have := n.Entries[i].Value
	if have.Kind != object.Map || e.Value.Kind != object.Map {
		n.Entries[i] = e
		return
	}
	both := *have
	both.Entries = slices.Concat(have.Entries, e.Value.Entries)
	if both.Partial == "" {
		both.Partial = e.Value.Partial
	}
	n.Entries[i].Value = &both
}

// defaults sets what the provider sends where nothing is written and what a check
// may ask for. Source: the schema of hashicorp/terraform-provider-kubernetes v3.2.1.
func defaults(t reflect.Type, n *object.Node) {
	switch t.Name() {
	case "ContainerPort", "ServicePort", "EndpointPort", "NetworkPolicyPort":
		setDefault(n, "protocol", "TCP")
	case "Subject":
		if kind := n.Get("kind"); kind.Scalar() && kind.Text == "ServiceAccount" {
			setDefault(n, "namespace", "default")
		}
	}
}

// value maps what an attribute or the blocks of a name hold; nil means unset. owner
// is the struct and the attribute.
func (m *structMapper) value(t reflect.Type, e object.Entry, owner, path string) *object.Node {
	n := e.Value
	if n == nil || n.Kind == object.Null {
		return nil
	}
	if n.Kind == object.Unknown {
		return n
	}
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if octal[owner] && n.Scalar() {
		return octalMode(n)
	}
	if reflect.PointerTo(t).Implements(selfReading) {
		if !n.Scalar() {
			return n
		}
		return convertScalar(t, n)
	}
	switch t.Kind() {
	case reflect.Struct:
		return m.single(t, e, path)
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			if !n.Scalar() {
				return n
			}
			return base64Text(n)
		}
		return m.list(t.Elem(), e, owner, path)
	case reflect.Map:
		return m.mapping(t.Elem(), e, owner, path)
	}
	if !n.Scalar() {
		return n
	}
	return convertScalar(t, n)
}

// single maps a block that may be written once.
func (m *structMapper) single(t reflect.Type, e object.Entry, path string) *object.Node {
	n := e.Value
	if n.Kind == object.List {
		if len(n.Items) == 0 {
			return nil
		}
		if len(n.Items) > 1 {
			m.notes = append(m.notes, fmt.Sprintf("%s: %s: only the first block %s counts", n.Items[1].Ref.Origin().Span, m.address, path))
		}
		place := n.Ref
		if n = n.Items[0]; n.Kind == object.Null {
			return &object.Node{Kind: object.Map, Ref: place}
		}
	}
	switch n.Kind {
	case object.Map:
		return m.structure(t, n, path)
	case object.String:
		if n.Text == "" {
			return nil
		}
	}
	return n
}

func (m *structMapper) list(t reflect.Type, e object.Entry, owner, path string) *object.Node {
	n := e.Value
	items := []*object.Node{n}
	if n.Kind == object.List {
		items = n.Items
	} else if n.Scalar() {
		return n
	}
	if len(items) == 0 {
		return nil
	}
	out := &object.Node{Kind: object.List, Ref: n.Ref}
	for i, item := range items {
		if item == nil || item.Kind == object.Null {
			if t.Kind() == reflect.Struct {
				out.Items = append(out.Items, &object.Node{Kind: object.Map, Ref: e.Ref})
			}
			continue
		}
		if t.Kind() == reflect.String && item.Kind == object.String {
			out.Items = append(out.Items, item) // also the empty one: apiGroups [""]
			continue
		}
		if v := m.value(t, object.Entry{Key: e.Key, Ref: e.Ref, Value: item}, owner, fmt.Sprintf("%s[%d]", path, i)); v != nil {
			out.Items = append(out.Items, v)
		}
	}
	return out
}

func (m *structMapper) mapping(t reflect.Type, e object.Entry, owner, path string) *object.Node {
	n := e.Value
	if n.Kind == object.List {
		if len(n.Items) == 0 {
			return nil
		}
		n = n.Items[0]
	}
	if n.Kind != object.Map {
		return n
	}
	out := &object.Node{Kind: object.Map, Ref: n.Ref, Partial: n.Partial}
	bytes := t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8
	for _, inner := range n.Entries {
		v := inner.Value
		switch {
		case v == nil || v.Kind == object.Null:
			continue
		case bytes && e.Key == "binary_data": // is base64 already
		case t.Kind() == reflect.String && v.Kind == object.String: // also the empty one
		default:
			v = m.value(t, inner, owner, path)
		}
		if v != nil {
			out.Entries = append(out.Entries, object.Entry{Key: inner.Key, Ref: inner.Ref, Value: v})
		}
	}
	return out
}

func joinBlocks(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
