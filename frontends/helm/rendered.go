package helm

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render"
	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// Rendered is a chart rendered with one values set.
type Rendered struct {
	// Set is the name of the values set.
	Set string
	// Same is the name of an earlier set with the very same values, written in the same files
	// and flags, so that the same places write the same bytes; the objects are then those of
	// that set. Empty for others, even if they render the same text: it may have been
	// written elsewhere.
	Same string
	// Objects are sorted by the names of their templates, then as they are
	// written. Helm's order of installation is another one.
	Objects []*object.Object
	// Notes are what the user should know; each note is given once per Chart.
	Notes []string
	// Nothing is the one of Notes that says that the chart renders no objects; empty where it
	// renders some.
	Nothing string
	// Templates are Helm's names of the templates that could render objects (no partials,
	// no NOTES.txt), and whether they did.
	Templates map[string]bool
	// HideSecrets has Blame and Lines hide the data of Secrets.
	HideSecrets bool

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
	o := c.options.of(s.release)
	prepared, err := render.Prepare(c.chart, render.Options{
		ReleaseName: o.ReleaseName, Namespace: o.Namespace, KubeVersion: o.KubeVersion,
		APIVersions: o.APIVersions, IsUpgrade: o.IsUpgrade, Layers: s.layers,
		Sequential: o.Sequential, Began: o.Began, Deadline: o.Deadline, Took: o.Took,
	})
	r := &Rendered{Set: set}
	if errors.Is(err, chart.ErrLibrary) {
		r.note(c, "a library chart renders nothing itself: check the charts that use it")
		return r, nil
	}
	if err != nil {
		return nil, c.errors(err)
	}
	var key renderingKey
	if len(c.sets) > 1 {
		key = renderingKey{prepared.Digest(), o.identity(), identityOf(s.layers)}
		if same := c.rendered(key); same != nil {
			r.Same, r.Objects, r.files, r.Templates = same.Set, same.Objects, same.files, same.Templates
			return r, nil
		}
	}
	result, err := prepared.Render()
	if err != nil {
		return nil, c.errors(err)
	}
	for _, w := range slices.Concat(c.chart.Notes, result.Warnings) {
		r.note(c, w)
	}
	c.cover(set, result.Coverage)
	begun := time.Now()
	errs := r.read(c, result.Manifests)
	r.count(result.Empty)
	if result.Bug != nil {
		errs = append(errs, result.Bug.Fault(c.path))
	}
	if o.Took != nil {
		o.Took("decode", time.Since(begun))
	}
	if len(c.sets) > 1 {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.seen[key] = r
	}
	return r, errs
}

// renderingKey is the same for two sets with which templates are given the same.
type renderingKey struct {
	values  [sha256.Size]byte
	release string
	layers  [sha256.Size]byte
}

// identityOf is the same for layers that write the same values at the same places: a value that another file
// gives has another place, where it is edited and where a comment ignores it.
func identityOf(layers []chart.Layer) (sum [sha256.Size]byte) {
	h := sha256.New()
	for _, l := range layers {
		if l.File != nil && saysNothing(l.File.Data) {
			continue
		}
		fmt.Fprintf(h, "%s\x00%s\x00", l.Kind, l.Text)
		if l.File != nil {
			fmt.Fprintf(h, "%s\x00%d\x00%s", l.File.Name(), len(l.File.Data), l.File.Data)
		}
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// identity is what templates are given of the options beside values.
func (o *Options) identity() string {
	return strings.Join([]string{o.ReleaseName, o.Namespace, o.KubeVersion, strings.Join(o.APIVersions, ",")}, "\x00")
}

// saysNothing reports whether a values file has nothing but comments, as many of ci/ have.
func saysNothing(data []byte) bool {
	for line := range bytes.Lines(data) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' && !bytes.Equal(line, []byte("---")) && !bytes.Equal(line, []byte("{}")) {
			return false
		}
	}
	return true
}

// rendered is the result of an earlier set that templates were given the same with;
// nil for none.
func (c *Chart) rendered(key renderingKey) *Rendered {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.seen[key]
}

// read decodes the manifests, several at a time; where that is sequential, one by one, each
// reported before it begins.
func (r *Rendered) read(c *Chart, manifests []*render.Manifest) []*source.Error {
	files := make([]file, len(manifests))
	var wg sync.WaitGroup
	next := make(chan int)
	side := runtime.GOMAXPROCS(0)
	if c.options.Sequential {
		side = 1
	}
	for range min(side, len(manifests)) {
		wg.Go(func() {
			for i := range next {
				m := manifests[i]
				if c.options.Sequential && c.options.Began != nil {
					c.options.Began(m.Template.Name())
				}
				dialect := object.Helm
				if m.CRD {
					dialect = object.Kubectl
				}
				files[i] = decoded(m, dialect)
			}
		})
	}
	for i := range manifests {
		next <- i
	}
	close(next)
	wg.Wait()
	if c.options.Sequential && c.options.Began != nil {
		c.options.Began("")
	}

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
	r.files = files
	if len(r.Objects) == 0 && len(errs) == 0 {
		what := "the chart renders no objects with its default values"
		if r.Set != DefaultSet {
			what = "the chart renders no objects with the values set " + r.Set
		}
		r.Nothing = what
		r.note(c, what)
	}
	return errs
}

// count lists the templates, with the names of those that rendered white space alone. A
// .tpl file holds definitions, as a partial does.
func (r *Rendered) count(empty []string) {
	r.Templates = map[string]bool{}
	for _, name := range empty {
		r.Templates[name] = false
	}
	for _, f := range r.files {
		if !f.manifest.CRD {
			r.Templates[f.manifest.Name] = len(f.decoded.Documents)+len(f.decoded.Errors) > 0
		}
	}
	maps.DeleteFunc(r.Templates, func(name string, _ bool) bool { return strings.HasSuffix(name, ".tpl") })
}

// decoded decodes one manifest; a bug costs this one alone.
func decoded(m *render.Manifest, dialect object.Dialect) (f file) {
	defer func() {
		if p := recover(); p != nil {
			bug, _ := source.Caught(p)
			f = file{m, object.Decoded{Errors: []*source.Error{bug.Fault(m.Template.Name())}}}
		}
	}()
	return file{m, object.Decode(m.Text, m, dialect)}
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
