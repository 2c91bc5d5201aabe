package argocd

import (
	"fmt"
	"path/filepath"
	"slices"

	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/render/source"
)

// overridden is a source with the overrides that lie in its directory: .argocd-source.yaml,
// then .argocd-source-NAME.yaml for the Application of that name, each a JSON merge patch. They
// cannot change where the source lies.
func overridden(r *release.Repository, s object.Field, dir, name string) (object.Field, error) {
	tree := s.Node()
	for _, file := range []string{".argocd-source.yaml", ".argocd-source-" + name + ".yaml"} {
		path := filepath.Join(dir, file)
		if why := r.Fault(path, file); why != nil && why.Why == release.MissingFile {
			continue
		}
		data, err := r.Read(path)
		if err != nil {
			return s, fmt.Errorf("%s: %w", file, source.Cause(err))
		}
		patch, fault := manifest.Tree(source.NewFile("", source.Shown(r.Tree, path), data))
		if fault != nil {
			return s, fault
		}
		tree = mergePatch(tree, patch)
	}
	if tree == s.Node() {
		return s, nil
	}
	for _, fixed := range []string{"chart", "path", "repoURL", "targetRevision"} {
		tree = withEntry(tree, fixed, s.Node())
	}
	return (&object.Object{APIVersion: s.Object().APIVersion, Kind: s.Object().Kind, Name: s.Object().Name, Tree: tree}).Root(), nil
}

// mergePatch is a tree with a JSON merge patch (RFC 7386) put on it; what the patch gives
// keeps its place in the patch.
func mergePatch(target, patch *object.Node) *object.Node {
	if patch == nil || patch.Kind != object.Map {
		return patch
	}
	out := &object.Node{Kind: object.Map, Ref: patch.Ref}
	if target != nil && target.Kind == object.Map {
		out.Ref, out.Partial, out.Entries = target.Ref, target.Partial, slices.Clone(target.Entries)
	}
	for _, e := range patch.Entries {
		i := slices.IndexFunc(out.Entries, func(have object.Entry) bool { return have.Key == e.Key })
		if e.Value != nil && e.Value.Kind == object.Null {
			if i >= 0 {
				out.Entries = slices.Delete(out.Entries, i, i+1)
			}
			continue
		}
		merged := object.Entry{Key: e.Key, Ref: e.Ref, Value: mergePatch(out.Get(e.Key), e.Value)}
		if i < 0 {
			out.Entries = append(out.Entries, merged)
		} else {
			out.Entries[i] = merged
		}
	}
	return out
}

// withEntry is a mapping with an entry as another one has it, or without it.
func withEntry(n *object.Node, key string, from *object.Node) *object.Node {
	out := *n
	out.Entries = slices.DeleteFunc(slices.Clone(n.Entries), func(e object.Entry) bool { return e.Key == key })
	for _, e := range from.Entries {
		if e.Key == key {
			out.Entries = append(out.Entries, e)
		}
	}
	return &out
}
