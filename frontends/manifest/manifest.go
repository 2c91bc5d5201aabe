// Package manifest reads Kubernetes objects from YAML files, from directories of them, and
// from standard input.
//
// In: the bytes of a file or stream, or a directory. Out: objects whose places are the
// files themselves, and of a directory what was skipped and why.
package manifest

import (
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// Result is what one file or stream says.
type Result struct {
	Objects []*object.Object
	// Notes are oddities with their place.
	Notes []string
	// Errors are documents and fields that could not be read, and keys that are
	// written twice, which YAML forbids; the rest is there.
	Errors []*source.Error
	// Sources are the files of which these are.
	Sources []*source.File
}

// Read reads YAML or JSON text. name is what the user calls it: the file's path, or
// "-" for standard input.
func Read(name string, data []byte) ([]*object.Object, []*source.Error) {
	r := Load(source.NewFile("", name, data))
	return r.Objects, r.Errors
}

// Load reads a file of manifests.
func Load(file *source.File) Result {
	r := resultOf(file, object.Decode(string(file.Data), place{file}, object.Kubectl))
	if len(r.Objects) == 0 && len(r.Errors) == 0 {
		r.Notes = append(r.Notes, "the file contains no Kubernetes objects")
	}
	return r
}

// resultOf is what a file says of which the documents are read.
func resultOf(file *source.File, d object.Decoded) Result {
	r := Result{Objects: d.Objects, Errors: d.Errors, Sources: []*source.File{file}}
	for _, o := range r.Objects {
		o.Input = file.Name()
	}
	for _, n := range d.Notes {
		if !n.Duplicate {
			r.Notes = append(r.Notes, n.String())
			continue
		}
		r.Errors = append(r.Errors, &source.Error{What: n.Text, At: n.Place.Origin().Span, Do: "delete one of them"})
	}
	for _, err := range r.Errors {
		err.Path = file.Name()
	}
	return r
}

// Place locates the bytes of a file in the file itself.
func Place(file *source.File) object.TextLocator { return place{file} }

// place locates bytes of a file in the file itself: a person wrote them there.
type place struct{ file *source.File }

// Origin implements object.TextLocator.
func (p place) Origin(start, end int) source.Origin {
	return source.Origin{Span: source.Span{File: p.file, Start: start, End: end}, Kind: source.Text, Exact: true}
}
