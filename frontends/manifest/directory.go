package manifest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// Directory is what the files below a directory say: all objects are one set.
type Directory struct {
	Result
	// Passed is what was skipped.
	Passed Passed

	dir   string
	files []written // those that hold objects
}

// Files is how many files are manifests.
func (d *Directory) Files() int { return len(d.files) }

// LoadDirectory reads the manifests of a directory and below it: the YAML and JSON files
// that hold Kubernetes objects and are in no chart. What holds none is skipped and
// counted; a manifest that cannot be read is an error.
func LoadDirectory(dir string, o Options) Directory {
	w := newWalk(dir, o)
	w.gather()
	d := Directory{dir: dir}
	w.each(func(name string, r Result) bool {
		d.Objects, d.Notes, d.Errors = append(d.Objects, r.Objects...), append(d.Notes, r.Notes...), append(d.Errors, r.Errors...)
		d.files, d.Sources = append(d.files, written{name, r.Objects}), append(d.Sources, r.Sources...)
		return true
	})
	for _, o := range d.Objects {
		o.Input = dir
	}
	d.Errors, d.Passed = append(d.Errors, w.errors...), w.passed
	return d
}

// Find reports whether there are manifests in a directory or below it: objects, or what
// cannot be read and looks like them. Where there are none, passed is what there is
// instead.
func Find(dir string, o Options) (found bool, passed Passed) {
	w := newWalk(dir, o)
	w.gather()
	found = len(w.errors) > 0
	if !found {
		w.each(func(string, Result) bool {
			found = true
			return false
		})
	}
	return found, w.passed
}

// each reads the files one after the other, as long as take, which receives what those
// hold that are manifests, asks for more.
func (w *walk) each(take func(name string, r Result) bool) {
	parts := w.kustomized()
	files, left := 0, w.bounds.bytes
	for _, name := range w.files {
		if parts.has(name) {
			w.passed.add(partOfKustomization, name)
			continue
		}
		if w.Began != nil {
			w.Began(name)
		}
		r, n, why := w.load(name)
		if r == nil {
			w.passed.add(why, name)
			continue
		}
		files, left = files+1, left-n
		switch {
		case files > w.bounds.files:
			w.beyond(fmt.Sprintf("more than %d manifests", w.bounds.files))
			return
		case left < 0:
			w.beyond("more than " + size(w.bounds.bytes) + " of manifests")
			return
		}
		if !take(name, *r) {
			return
		}
	}
}

// load reads one file; nil, and why, where it is no manifest.
func (w *walk) load(name string) (r *Result, n int64, why reason) {
	data, whole, err := w.readHead(name)
	if err == nil && !mentions(data, whole) {
		return nil, 0, byName(name)
	}
	if err == nil && w.IsPlan != nil && w.IsPlan(data) {
		return nil, 0, plan
	}
	if err == nil && !whole {
		if info, statErr := w.Tree.Stat(name); statErr == nil && info.Size() > maxFile {
			return nil, 0, tooLarge
		}
		data, err = source.ReadFile(w.Tree, name, maxFile)
	}
	if err != nil {
		return &Result{Errors: []*source.Error{unreadable(name, err)}}, 0, 0
	}
	file := source.NewFile("", name, data)
	d := object.DecodeObjects(string(data), place{file}, object.Kubectl)
	if ofTemplate(file, d.Errors) {
		return nil, 0, template
	}
	objects := d.Objects[:0:0]
	for _, o := range d.Objects {
		if !isToolFile(o.APIVersion, o.Kind) {
			objects = append(objects, o)
		}
	}
	if len(objects) == 0 && len(d.Objects) > 0 {
		return nil, 0, toolFile
	}
	if d.Objects = objects; len(objects) == 0 && len(d.Errors) == 0 {
		return nil, 0, byName(name)
	}
	told := resultOf(file, d)
	return &told, int64(len(data)), 0
}

// readHead reads the beginning of a file, and reports whether that is all of it.
func (w *walk) readHead(name string) (data []byte, whole bool, err error) {
	data, err = source.ReadHead(w.Tree, name, headSize)
	return data, len(data) < headSize, err
}

// mentions reports whether a text, or its beginning, can be that of objects. Other encodings
// than UTF-8 are for who decodes it.
func mentions(head []byte, whole bool) bool {
	if bytes.IndexByte(head, 0) >= 0 {
		head = bytes.ReplaceAll(head, []byte{0}, nil) // UTF-16
	}
	return bytes.Contains(head, []byte("apiVersion")) && (!whole || bytes.Contains(head, []byte("kind")))
}

// marks are what templates of other tools have where a manifest has a value: Jinja, Go's
// templates, ERB, and what envsubst, Terraform and Flux replace.
var marks = []string{"{{", "{%", "<%", "${"}

// ofTemplate reports whether a file cannot be read because it is a template of another
// tool: one of its faults is where the tool puts something in, or right behind that.
func ofTemplate(file *source.File, errs []*source.Error) bool {
	for _, e := range errs {
		if !e.At.Valid() {
			continue
		}
		at := e.At.Begin().Line
		for n := at; n > 0; n-- {
			line := file.Line(n)
			if slices.ContainsFunc(marks, func(mark string) bool { return strings.Contains(line, mark) }) {
				return true
			}
			if line = strings.TrimSpace(line); n < at && line != "" && line[0] != '#' {
				break
			}
		}
	}
	return false
}

func unreadable(name string, err error) *source.Error {
	return &source.Error{What: "the file cannot be read: " + source.Cause(err).Error(), Path: name, Err: err}
}
