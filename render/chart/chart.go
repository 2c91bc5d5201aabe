package chart

// Who maps what, for the rest of the room:
//   - a file of the chart by the name that Helm's engine gives a template:
//     (*Inputs).File, after dependencies were processed (aliases are names of
//     their own there), or (*Chart).File where no inputs exist;
//   - a file by .Files of a (sub-)chart: (*Inputs).ChartFile;
//   - a value to the file or flag that won: (*Inputs).Locate and its siblings.
// Paths of charts are those of Helm's ChartFullPath: web/charts/sub.

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	helmchart "helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"

	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// ErrLibrary is the cause of the error for a chart of type library, which Helm
// does not render by itself.
var ErrLibrary = errors.New("a library chart is rendered by the charts that use it")

// Chart is a chart as it was loaded: read once, rendered any number of times. It
// is safe for use by several goroutines.
type Chart struct {
	// Root is what the Paths of the chart's files are relative to: the directory
	// as the user spelled it; empty for an archive, whose files carry the
	// archive's name in their own Path.
	Root string
	// Name is the chart's name in Chart.yaml.
	Name string
	// Problems are faults that do not stop the rendering of the rest: files that
	// were left out, dependencies that are declared and missing. They are errors
	// of the input and must be reported.
	Problems []*source.Error
	// Notes are what is worth knowing of the files and is no fault, each in one line.
	Notes []string

	helm  *helmchart.Chart        // as loaded; never changed after load
	files map[string]*source.File // by the name that Helm's loader was given
	// folder is where each loaded chart lies ("" or "charts/sub/"), by the Raw
	// entry of its Chart.yaml: Helm copies charts, but never these entries.
	folder map[*helmchart.File]string

	mu      sync.Mutex
	indexes map[*source.File]*yamltext.Index
	schemas map[*helmchart.File]*compiledSchema

	// templates are the texts of all templates without blanks, made when an error asks
	// for them; see public.
	once      sync.Once
	templates string
}

// compiledSchema is the values.schema.json of one chart, ready for use.
type compiledSchema struct {
	once   sync.Once
	schema *jsonschema.Schema
	err    error

	mu    sync.Mutex // held while it is applied
	steps *steps
}

// Load reads a chart of the disk: see LoadFrom.
func Load(path string) (*Chart, error) { return LoadFrom(source.Disk, path) }

// LoadFrom reads a chart of a tree from a directory or an archive (.tgz). The error is a
// *source.Error that names the file where one is to blame.
func LoadFrom(t source.Tree, path string) (*Chart, error) {
	set, err := read(t, path)
	if err != nil {
		return nil, err
	}
	return set.chart()
}

// LoadFiles makes a chart of files in memory, named by their slash-separated
// paths below the chart's directory (Chart.yaml, templates/x.yaml,
// charts/sub-1.0.0.tgz). It treats them as Load treats a directory.
func LoadFiles(root string, files map[string][]byte) (*Chart, error) {
	set := newFileSet(root, root)
	rules, err := set.rules(files[ignoreFile])
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if rules.excludes(name) {
			continue
		}
		if err := set.add(name, source.NewFile(root, name, files[name])); err != nil {
			return nil, err
		}
	}
	return set.chart()
}

// chart hands the files to Helm's loader.
func (s *fileSet) chart() (*Chart, error) {
	c := &Chart{
		Root:     s.root,
		Problems: s.problems,
		files:    make(map[string]*source.File, len(s.entries)),
		folder:   map[*helmchart.File]string{},
		indexes:  map[*source.File]*yamltext.Index{},
		schemas:  map[*helmchart.File]*compiledSchema{},
	}
	for _, e := range s.entries {
		if target := linkText(e.file); target != "" {
			c.Notes = append(c.Notes, pathText(e.file.Path)+" contains only the path "+target+
				": a symbolic link that git checked out as text? Then Helm renders the path itself; put the file there")
		}
	}
	buffered := make([]*loader.BufferedFile, 0, len(s.entries))
	folders := map[*byte]string{} // by the memory of Chart.yaml
	for _, e := range s.entries {
		data := yamltext.WithoutBOM(e.file.Data)
		if base := path.Base(e.name); base == "Chart.yaml" && len(data) > 0 {
			// Memory of its own: two charts of a test may share their bytes.
			data = slices.Clone(data)
			folders[&data[0]] = strings.TrimSuffix(e.name, base)
		}
		c.files[e.name] = e.file
		buffered = append(buffered, &loader.BufferedFile{Name: e.name, Data: data})
	}
	if c.files[chartFile] == nil {
		return nil, s.withoutChartFile()
	}
	if err := c.Guard(s.path, func() (err error) {
		c.helm, err = loader.LoadFiles(buffered)
		return err
	}); err != nil {
		return nil, c.loadError(s.path, err)
	}
	c.Name = c.helm.Name()
	c.settle(c.helm, folders)
	c.markVendored()
	c.missingDependencies()
	return c, nil
}

// chartFile is what makes a directory a chart.
const chartFile = "Chart.yaml"

// withoutChartFile is the error of a chart that has no Chart.yaml, or one that was
// left out.
func (s *fileSet) withoutChartFile() error {
	for _, p := range s.problems {
		if p.Path == pathText(path.Join(s.path, chartFile)) {
			return p
		}
	}
	return &source.Error{What: chartFile + " is missing", Path: s.path, Do: "name a directory that contains a " + chartFile}
}

// settle notes where each chart lies and gives the sub-charts a fixed order:
// Helm's loader leaves them in the order of a Go map.
func (c *Chart) settle(h *helmchart.Chart, folders map[*byte]string) {
	if raw := chartYAML(h); raw != nil && len(raw.Data) > 0 {
		c.folder[raw] = folders[&raw.Data[0]]
	}
	deps := slices.Clone(h.Dependencies())
	for _, d := range deps {
		c.settle(d, folders)
	}
	slices.SortFunc(deps, func(a, b *helmchart.Chart) int {
		return strings.Compare(c.folderOf(a), c.folderOf(b))
	})
	h.SetDependencies(deps...)
}

// missingDependencies tells the dependencies of the chart that are declared and
// not there; `helm template` refuses such a chart.
func (c *Chart) missingDependencies() {
	for i, d := range c.helm.Metadata.Dependencies {
		if slices.ContainsFunc(c.helm.Dependencies(), func(s *helmchart.Chart) bool { return s.Name() == d.Name }) {
			continue
		}
		e := &source.Error{
			What: fmt.Sprintf("dependency %q is declared but missing in charts/", OneLine(d.Name)),
			Path: c.Root,
			Do:   "run `helm dependency build`",
		}
		for _, name := range []string{"Chart.yaml", "requirements.yaml"} {
			if span, ok := c.index(c.files[name]).Place(Path{"dependencies", i, "name"}); ok {
				e.At = span
			}
		}
		c.Problems = append(c.Problems, e)
	}
}

// chartYAML is the Raw entry of a chart's Chart.yaml.
func chartYAML(h *helmchart.Chart) *helmchart.File {
	for _, f := range h.Raw {
		if f.Name == "Chart.yaml" {
			return f
		}
	}
	return nil
}

// folderOf is where the files of a chart lie: a prefix of the names in c.files.
func (c *Chart) folderOf(h *helmchart.Chart) string { return c.folder[chartYAML(h)] }

// fileOf is a file of one chart by its name inside the chart; nil where there is
// none.
func (c *Chart) fileOf(h *helmchart.Chart, name string) *source.File {
	return c.files[c.folderOf(h)+name]
}

// File is the file behind a name of Helm's engine, such as
// web/charts/sub/templates/x.yaml; nil where there is none. Names of aliased
// dependencies are understood as Chart.yaml declares them.
func (c *Chart) File(name string) *source.File {
	h, rest, ok := c.split(name)
	for ok {
		if f := c.fileOf(h, rest); f != nil {
			return f
		}
		// A file below charts/ that belongs to no chart: step back to the parent.
		parent := h.Parent()
		if parent == nil {
			return nil
		}
		rest = path.Join("charts", h.Name(), rest)
		h = parent
	}
	return nil
}

// split follows a name from the root chart into its sub-charts as far as it
// names charts, and returns the chart and the rest of the name.
func (c *Chart) split(name string) (h *helmchart.Chart, rest string, ok bool) {
	rest, ok = strings.CutPrefix(name, c.helm.Name()+"/")
	h = c.helm
	for ok {
		below, found := strings.CutPrefix(rest, "charts/")
		if !found {
			break
		}
		sub, after, _ := strings.Cut(below, "/")
		next := dependency(h, sub)
		if next == nil {
			break
		}
		h, rest = next, after
	}
	return h, rest, ok
}

// dependency finds a loaded sub-chart by the name that it has in a render: its
// alias where its parent declares one.
func dependency(h *helmchart.Chart, name string) *helmchart.Chart {
	for _, d := range h.Metadata.Dependencies {
		if d == nil || d.Alias != name {
			continue
		}
		for _, sub := range h.Dependencies() {
			if sub.Name() == d.Name && chartutil.IsCompatibleRange(d.Version, sub.Metadata.Version) {
				return sub
			}
		}
	}
	for _, sub := range h.Dependencies() {
		if sub.Name() == name {
			return sub
		}
	}
	return nil
}

// index is the YAML tree of a file, made when it is first asked for; nil for a
// nil file.
func (c *Chart) index(f *source.File) *yamltext.Index {
	if f == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	x, ok := c.indexes[f]
	if !ok {
		x = yamltext.Read(f)
		c.indexes[f] = x
	}
	return x
}
