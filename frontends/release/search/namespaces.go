package search

import (
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
)

// namespaces are what a search has found of namespaces.
type namespaces struct {
	here       *scope // of what is declared now
	files      map[string]*scope
	releases   map[*release.Release]*scope // of those in the cluster that Argo CD runs in
	manifests  []manifestNamespace
	deployed   []deployment
	kustomized map[string]bool // by directory
	decoded    map[string][]*object.Object
}

func newNamespaces() namespaces {
	return namespaces{files: map[string]*scope{}, releases: map[*release.Release]*scope{}, kustomized: map[string]bool{}, decoded: map[string][]*object.Object{}}
}

// scope is where a declaration is: what is there too is applied to the same cluster.
type scope struct {
	// rendered are the Namespaces by name that a chart renders beside the declaration, and
	// outer is where that chart is declared; nil where that is not known, or where the chart is
	// deployed to another cluster.
	rendered map[string][]*object.Object
	outer    *scope
	// file is the manifest that has the declaration; empty where a chart renders it.
	file string
}

// manifestNamespace is a Namespace in a manifest: which one of those that it has. They are decoded
// again where a release is deployed to them, since there may be very many.
type manifestNamespace struct {
	name, file string
	path       string // the file as the tree names it
	number     int
}

// deployment is an Application, as far as it concerns namespaces.
type deployment struct {
	at        *scope
	cluster   string // as the destination names it
	own       bool   // it is the one that Argo CD runs in
	namespace string
	managed   *object.Object // the Namespace that it makes; nil where it makes none
	releases  []*release.Release
}

// The names of the cluster that Argo CD runs in, and the option to make the namespace.
//
// Source: pkg/apis/application/v1alpha1/application_defaults.go and controller/sync.go of
// argoproj/argo-cd, at 37ee0097cf.
const (
	ownServer       = "https://kubernetes.default.svc"
	ownName         = "in-cluster"
	createNamespace = "CreateNamespace=true"
)

// inManifest is where an object of a manifest stands.
func (n *namespaces) inManifest(o *object.Object) *scope {
	if n.files[o.Input] == nil {
		n.files[o.Input] = &scope{file: o.Input}
	}
	return n.files[o.Input]
}

// inRendered is where the objects stand that a chart renders; by is the release that deploys
// it, nil where none does.
func (n *namespaces) inRendered(objects []*object.Object, by *release.Release) *scope {
	s := &scope{rendered: map[string][]*object.Object{}, outer: n.releases[by]}
	for _, o := range objects {
		if !o.Is("", "Namespace") || o.Name == "" {
			continue
		}
		if by != nil {
			o = by.Places().Object(o)
		}
		s.rendered[o.Name] = append(s.rendered[o.Name], o)
	}
	return s
}

// deploys keeps what an Application says of namespaces.
func (n *namespaces) deploys(o *object.Object, releases []*release.Release) {
	to := o.Get("spec", "destination")
	server, name := to.Get("server").Str(), to.Get("name").Str()
	d := deployment{
		at: n.here, cluster: server.V + "\x00" + name.V, own: server.V == ownServer || name.V == ownName,
		namespace: to.Get("namespace").Str().V, managed: managed(o), releases: releases,
	}
	if d.managed != nil || len(releases) > 0 {
		n.deployed = append(n.deployed, d)
	}
	if d.own {
		for _, r := range releases {
			n.releases[r] = n.here
		}
	}
}

// managed is the Namespace that Argo CD makes for an Application, of which all parts are those of
// the Application; nil where it makes none, or gives it neither labels nor annotations. Without
// the option CreateNamespace=true it does nothing with them. The namespace is that of the
// destination, also where Helm is given another one.
//
// Source: controller/sync.go, controller/sync_namespace.go and gitops-engine/pkg/sync/sync_context.go
// (autoCreateNamespace) of argoproj/argo-cd, at 37ee0097cf.
func managed(o *object.Object) *object.Object {
	to, policy := o.Get("spec", "destination"), o.Get("spec", "syncPolicy")
	name, metadata, options := to.Get("namespace").Str(), policy.Get("managedNamespaceMetadata"), policy.Get("syncOptions")
	if name.V == "" || !metadata.Exists() {
		return nil
	}
	labels, annotations := entryOf(metadata.Node(), "labels"), entryOf(metadata.Node(), "annotations")
	why := release.FirstUnknown(append(options.Items(), options, metadata)...)
	creates := slices.ContainsFunc(options.Items(), func(option object.Field) bool { return option.Str().V == createNamespace })
	switch {
	case why != "" && (!creates || metadata.Unknown()):
		unknown := &object.Node{Kind: object.Unknown, Text: why, Ref: metadata.Node().Ref}
		labels, annotations = object.Entry{Key: "labels", Value: unknown}, object.Entry{Key: "annotations", Value: unknown}
	case !creates:
		return nil
	}
	at := entryOf(policy.Node(), metadata.Name()).Ref
	text := func(s string) *object.Node { return &object.Node{Kind: object.String, Text: s, Ref: at} }
	made := &object.Object{APIVersion: "v1", Kind: "Namespace", Name: name.V, Input: o.Input, Tree: &object.Node{
		Kind: object.Map, Ref: at, Entries: []object.Entry{
			{Key: "apiVersion", Ref: at, Value: text("v1")}, {Key: "kind", Ref: at, Value: text("Namespace")},
			{Key: "metadata", Ref: at, Value: &object.Node{Kind: object.Map, Ref: metadata.Node().Ref, Entries: []object.Entry{
				{Key: "name", Ref: entryOf(to.Node(), "namespace").Ref, Value: name.Node()},
			}}},
		},
	}}
	return withMetadata(made, labels, annotations)
}

// entryOf is an entry of a mapping; one without a value where there is none.
func entryOf(n *object.Node, key string) object.Entry {
	if n != nil && n.Kind == object.Map {
		for _, e := range n.Entries {
			if e.Key == key {
				return e
			}
		}
	}
	return object.Entry{Key: key}
}

// withMetadata is an object with other entries of metadata in the place of its own.
func withMetadata(o *object.Object, entries ...object.Entry) *object.Object {
	metadata := entryOf(o.Tree, "metadata")
	inner := *metadata.Value
	inner.Entries = slices.Clone(inner.Entries)
	for _, e := range entries {
		inner.Entries = slices.DeleteFunc(inner.Entries, func(have object.Entry) bool { return have.Key == e.Key })
		if e.Value != nil {
			inner.Entries = append(inner.Entries, e)
		}
	}
	metadata.Value = &inner
	out, tree := *o, *o.Tree
	tree.Entries = slices.Clone(tree.Entries)
	for i := range tree.Entries {
		if tree.Entries[i].Key == metadata.Key {
			tree.Entries[i] = metadata
		}
	}
	out.Tree = &tree
	return &out
}
