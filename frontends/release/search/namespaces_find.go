package search

import (
	"bytes"
	"path/filepath"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// hasNamespace reports whether a text can be one that has a Namespace: the word behind kind. Many
// dashboards have the word alone.
func hasNamespace(text []byte) bool {
	const word, around, ends = "Namespace", " \t\r\n\"'", " \t\r\n\"',}"
	for start := 0; ; {
		i := bytes.Index(text[start:], []byte(word))
		if i < 0 {
			return false
		}
		at := start + i
		start = at + len(word)
		if start < len(text) && strings.IndexByte(ends, text[start]) < 0 {
			continue
		}
		before := bytes.TrimRight(text[max(0, at-maxBetween):at], around)
		if key, is := bytes.CutSuffix(before, []byte(":")); is && bytes.HasSuffix(bytes.TrimRight(key, around), []byte("kind")) {
			return true
		}
	}
}

// maxBetween is how many bytes there may be between kind and what it is, and be found.
const maxBetween = 100

// listNamespaces lists the Namespaces of a manifest.
func (f *finder) listNamespaces(path string, text []byte) {
	if len(text) > maxDeclaration || !hasNamespace(text) {
		return
	}
	for i, o := range f.namespacesIn(path, text) {
		f.namespaces.manifests = append(f.namespaces.manifests, manifestNamespace{o.Name, o.Input, path, i})
	}
}

// namespacesIn are the Namespaces of a manifest. What cannot be read is an error of the input that
// it is, not of a search for releases. Of the documents those are decoded that can be a Namespace:
// what tools release has one beside megabytes of CRDs. Where kustomize has the manifest, it may add
// labels and annotations.
func (f *finder) namespacesIn(path string, text []byte) (all []*object.Object) {
	shown := source.Shown(f.Tree, path)
	whole := manifest.Place(source.NewFile("", shown, text))
	for start := 0; start < len(text); {
		end := len(text)
		if i := bytes.Index(text[start:], []byte("\n---")); i >= 0 {
			end = start + i + 1
		}
		if document := text[start:end]; hasNamespace(document) {
			for _, o := range object.DecodeObjects(string(document), partOf{whole, start}, object.Kubectl).Objects {
				if !o.Is("", "Namespace") || o.Name == "" {
					continue
				}
				if o.Input = shown; f.inKustomization(filepath.Dir(path)) {
					o = withMetadata(o, open(o, "labels", kustomizeAdds), open(o, "annotations", kustomizeAdds))
				}
				all = append(all, o)
			}
		}
		start = end
	}
	return all
}

// decode are the Namespaces that were listed.
func (f *finder) decode(listed []manifestNamespace) (all []*object.Object) {
	decoded := f.namespaces.decoded
	for _, m := range listed {
		if _, done := decoded[m.path]; !done {
			text, _ := source.ReadHead(f.Tree, m.path, maxDeclaration)
			decoded[m.path] = f.namespacesIn(m.path, text)
		}
		// A file that has changed since then says nothing.
		if of := decoded[m.path]; m.number < len(of) && of[m.number].Name == m.name {
			all = append(all, of[m.number])
		}
	}
	return all
}

// partOf locates the bytes of a part of a text that begins at an offset.
type partOf struct {
	whole object.TextLocator
	start int
}

// Origin implements object.TextLocator.
func (p partOf) Origin(start, end int) source.Origin {
	return p.whole.Origin(p.start+start, p.start+end)
}

const kustomizeAdds = "what kustomize adds is not known"

// open is a mapping of an object's metadata that may have more than is written.
func open(o *object.Object, key, why string) object.Entry {
	e := entryOf(entryOf(o.Tree, "metadata").Value, key)
	switch {
	case e.Value == nil || e.Value.Kind == object.Null:
		e.Value = &object.Node{Kind: object.Map, Partial: why}
	case e.Value.Kind == object.Map:
		n := *e.Value
		n.Partial = why
		e.Value = &n
	}
	return e
}

// inKustomization reports whether a directory, or one above it in the repository, is a
// kustomization.
func (f *finder) inKustomization(dir string) bool {
	if is, asked := f.namespaces.kustomized[dir]; asked {
		return is
	}
	is := f.Kind(dir) == "kustomize"
	if up := filepath.Dir(dir); !is && dir != f.Root && up != dir {
		is = f.inKustomization(up)
	}
	f.namespaces.kustomized[dir] = is
	return is
}
