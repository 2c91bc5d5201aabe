package helm

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render"
	"github.com/mesh-check/mesh-check/render/source"
)

// Rendered is a chart rendered with one values set.
type Rendered struct {
	// Set is the name of the values set.
	Set string
	// Same is the name of an earlier set with which the chart renders the same
	// bytes; the objects are then the very ones of that set. Empty for others.
	Same string
	// Objects are sorted by the names of their templates, then as they are
	// written. Helm's order of installation is another one.
	Objects []*object.Object
	// Notes are what the user should know; each note is given once per Chart.
	Notes []string

	files []file
}

// file is one manifest and what was read in it.
type file struct {
	manifest *render.Manifest
	decoded  object.Decoded
}

// Render renders the chart with one values set and reads the manifests. Errors are
// those of this set: where the chart does not render, there are no objects and the
// result is nil; where a document or a field cannot be read, the rest is there.
func (c *Chart) Render(set string) (*Rendered, []*source.Error) {
	i := slices.IndexFunc(c.sets, func(s valuesSet) bool { return s.name == set })
	if i < 0 {
		return nil, []*source.Error{{What: fmt.Sprintf("there is no values set %q", set), Path: c.path}}
	}
	s := c.sets[i]
	if s.err != nil {
		return nil, []*source.Error{s.err}
	}
	o := c.options
	result, err := render.Render(c.chart, render.Options{
		ReleaseName: o.ReleaseName, Namespace: o.Namespace, KubeVersion: o.KubeVersion,
		APIVersions: o.APIVersions, IsUpgrade: o.IsUpgrade, Layers: s.layers,
		Careful: o.Careful, Began: o.Began, Deadline: o.Deadline,
	})
	r := &Rendered{Set: set}
	if errors.Is(err, render.ErrLibrary) {
		r.note(c, "a library chart renders nothing by itself: check the charts that use it")
		return r, nil
	}
	if err != nil {
		return nil, c.errors(err)
	}
	for _, w := range result.Warnings {
		r.note(c, w)
	}
	if same := c.same(r, result.Manifests); same != nil {
		r.Same, r.Objects, r.files = same.Set, same.Objects, same.files
		return r, nil
	}
	return r, r.read(c, result.Manifests)
}

// same returns the earlier result with the same manifests, if there is one, and
// keeps this one for later sets.
func (c *Chart) same(r *Rendered, manifests []*render.Manifest) *Rendered {
	if len(c.sets) == 1 {
		return nil
	}
	h := sha256.New()
	for _, m := range manifests {
		for _, s := range []string{m.Name, m.Text} {
			h.Write(binary.AppendUvarint(nil, uint64(len(s))))
			h.Write([]byte(s))
		}
	}
	key := [32]byte(h.Sum(nil))
	c.mu.Lock()
	defer c.mu.Unlock()
	if earlier := c.seen[key]; earlier != nil && earlier.files != nil {
		return earlier
	}
	c.seen[key] = r
	return nil
}

// read decodes the manifests, several at a time.
func (r *Rendered) read(c *Chart, manifests []*render.Manifest) []*source.Error {
	files := make([]file, len(manifests))
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(runtime.GOMAXPROCS(0), len(manifests)) {
		wg.Go(func() {
			for i := range next {
				m := manifests[i]
				dialect := object.Helm
				if m.CRD {
					dialect = object.Kubectl
				}
				files[i] = file{m, object.Decode(m.Text, m, dialect)}
			}
		})
	}
	for i := range manifests {
		next <- i
	}
	close(next)
	wg.Wait()

	var errs []*source.Error
	for _, f := range files {
		for _, err := range f.decoded.Errors {
			if !err.At.Valid() {
				err.Path = f.manifest.Template.Name()
			}
			errs = append(errs, err)
		}
		for _, n := range f.decoded.Notes {
			r.note(c, n.String())
		}
		for _, o := range f.decoded.Objects {
			o.Input = c.path
			o.Hooks = hooks(o)
			r.Objects = append(r.Objects, o)
		}
	}
	c.mu.Lock()
	r.files = files
	c.mu.Unlock()
	if len(r.Objects) == 0 && len(errs) == 0 {
		what := "the chart renders no objects with its default values"
		if r.Set != DefaultSet {
			what = "the chart renders no objects with the values set " + r.Set
		}
		r.note(c, what)
	}
	return errs
}

func (r *Rendered) note(c *Chart, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.noted[text] {
		c.noted[text] = true
		r.Notes = append(r.Notes, text)
	}
}

// errors takes the errors of a render apart: values that break a schema are several.
func (c *Chart) errors(err error) []*source.Error {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*source.Error
		for _, e := range several.Unwrap() {
			all = append(all, c.errors(e)...)
		}
		return all
	}
	var one *source.Error
	if errors.As(err, &one) {
		return []*source.Error{one}
	}
	return []*source.Error{{What: err.Error(), Path: c.path, Err: err}}
}

// hooks are the events of a Helm hook.
func hooks(o *object.Object) []string {
	var events []string
	for event := range strings.SplitSeq(o.Annotation("helm.sh/hook").V, ",") {
		if event = strings.TrimSpace(event); event != "" {
			events = append(events, event)
		}
	}
	return events
}
