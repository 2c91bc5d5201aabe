package chart

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	helmchart "helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chartutil"

	"github.com/mesh-check/mesh-check/render/source"
)

// DefaultKubeVersion is the newest Kubernetes known: the one whose API groups
// are in Helm's default capabilities. Helm's own library default is v1.20.
const DefaultKubeVersion = "v1.37.0"

// Inputs is everything that one render of a chart needs: a chart of its own,
// with its dependencies processed, and the values.
type Inputs struct {
	Chart *Chart           // as it was loaded
	Helm  *helmchart.Chart // as Helm's engine takes it
	// Top is what Helm's engine gives to templates, which may change it while they
	// render; CopyTop gives fresh ones at any time.
	Top chartutil.Values
	// Values are the merged values as no template has touched them.
	Values map[string]any
	// Warnings are what Helm logged while it merged the values, each once and
	// without the values themselves.
	Warnings []string

	layers []*layer // in the order of application
	byPath map[string][]*helmchart.Chart
	schema func() ([]*source.Error, []string)
}

// Prepare does for one set of values what `helm template` does before it
// renders. The error is a *source.Error; that of a library chart wraps
// ErrLibrary. A chart whose values break its schema is no error here: that is
// SchemaErrors, found while the templates render.
func (c *Chart) Prepare(o Options) (*Inputs, error) {
	if strings.EqualFold(c.helm.Metadata.Type, "library") {
		return nil, c.chartError("type", "is a library chart, which renders nothing itself", "check the charts that use it", ErrLibrary)
	}
	if o.ReleaseName != "" {
		if err := chartutil.ValidateReleaseName(o.ReleaseName); err != nil {
			return nil, &source.Error{What: fmt.Sprintf("release name %s is not valid", quoted(o.ReleaseName)), Path: c.InputPath(),
				Do: "use up to 53 lower-case letters, digits, - and .", Err: err}
		}
	} else {
		o.ReleaseName = c.Name
	}
	if o.Namespace == "" {
		o.Namespace = "default"
	}
	caps, err := c.capabilities(o)
	if err != nil {
		return nil, err
	}
	in := &Inputs{Helm: copyChart(c.helm), Chart: c, byPath: map[string][]*helmchart.Chart{}}
	user, err := in.merge(o.Layers)
	if err != nil {
		return nil, err
	}
	release := chartutil.ReleaseOptions{
		Name: o.ReleaseName, Namespace: o.Namespace, Revision: 1, IsUpgrade: o.IsUpgrade, IsInstall: !o.IsUpgrade,
	}
	in.Warnings = logged(func() {
		err = c.Guard(c.InputPath(), func() error {
			if err := chartutil.ProcessDependenciesWithMerge(in.Helm, user); err != nil {
				return err
			}
			// The last argument leaves schemas alone: Helm would read the files
			// and addresses that they name.
			in.Top, err = chartutil.ToRenderValuesWithSchemaValidation(in.Helm, user, release, caps, true)
			return err
		})
	})
	if err != nil {
		return nil, in.mergeError(user, err)
	}
	in.Values = deepCopy(in.Top["Values"].(chartutil.Values).AsMap()).(map[string]any)
	in.register(in.Helm)
	in.startSchema(o)
	return in, nil
}

// capabilities are Helm's for a cluster that nobody asked.
func (c *Chart) capabilities(o Options) (*chartutil.Capabilities, error) {
	version := o.KubeVersion
	if version == "" {
		version = DefaultKubeVersion
	}
	parsed, err := chartutil.ParseKubeVersion(version)
	if err != nil {
		return nil, &source.Error{What: fmt.Sprintf("Kubernetes version %s is not valid", quoted(version)), Path: c.InputPath(),
			Do: "write --kube-version as 1.34.0", Err: err}
	}
	caps := chartutil.DefaultCapabilities.Copy()
	caps.KubeVersion = *parsed
	caps.APIVersions = slices.Concat(caps.APIVersions, chartutil.VersionSet(o.APIVersions))
	if want := c.helm.Metadata.KubeVersion; want != "" && !chartutil.IsCompatibleRange(want, parsed.Version) {
		return nil, c.chartError("kubeVersion",
			fmt.Sprintf("the chart requires Kubernetes %s, but this is %s", OneLine(want), parsed.Version),
			"set a matching version with --kube-version", nil)
	}
	return caps, nil
}

// chartError is an error at a field of the chart's own Chart.yaml.
func (c *Chart) chartError(field, what, do string, err error) *source.Error {
	f := c.files["Chart.yaml"]
	e := &source.Error{What: what, Path: c.InputPath(), Do: do, Err: err}
	e.At = firstValid(c.index(f), Path{field})
	return e
}

// InputPath is the chart as the user spelled it.
func (c *Chart) InputPath() string {
	if c.Root != "" {
		return c.Root
	}
	archive, _, _ := strings.Cut(c.files["Chart.yaml"].Path, "!")
	return archive
}

// mergeError gives a place to an error of Helm's merging of values.
func (in *Inputs) mergeError(user map[string]any, err error) error {
	if already := (*source.Error)(nil); errors.As(err, &already) {
		return already
	}
	e := &source.Error{What: OneLine(err.Error()), Path: in.Chart.InputPath(), Err: err}
	m := typeMismatch.FindStringSubmatch(err.Error())
	if m == nil {
		return e
	}
	// Helm's text names the sub-chart and prints its value, which may be a
	// secret. The value is the first one by that name that is no map.
	e.What = fmt.Sprintf("the values of sub-chart %s are not a map", quoted(m[1]))
	e.Do = "set " + m[1] + " to a map, or remove it"
	in.Values = user
	if _, ok := user[m[1]]; ok {
		if step, ok := in.Locate(Path{m[1]}); ok {
			e.At = step.Span
		}
		return e
	}
	e.At = firstValid(in.Chart.index(in.Chart.files["values.yaml"]), Path{m[1]})
	return e
}

var typeMismatch = regexp.MustCompile(`^type mismatch on ([^:]+): `)

// register notes the processed charts by their full paths.
func (in *Inputs) register(h *helmchart.Chart) {
	at := h.ChartFullPath()
	in.byPath[at] = append(in.byPath[at], h)
	for _, d := range h.Dependencies() {
		in.register(d)
	}
}

// File is the file behind a name of Helm's engine; nil where there is none. An
// aliased sub-chart's file is the one in its real folder.
func (in *Inputs) File(name string) *source.File {
	for dir := path.Dir(name); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if f := in.ChartFile(dir, name[len(dir)+1:]); f != nil {
			return f
		}
	}
	return nil
}

// ChartFile is a file of the processed chart at a chart path by its name inside
// the chart, as .Files names it; nil where there is none.
func (in *Inputs) ChartFile(chartPath, name string) *source.File {
	charts := in.byPath[chartPath]
	for i := len(charts) - 1; i >= 0; i-- { // of charts by one name Helm renders the last
		if f := in.Chart.fileOf(charts[i], name); f != nil {
			return f
		}
	}
	return nil
}

// CopyTop is a copy of Top as Prepare made it, for an engine of its own: maps
// and lists that Helm shares between charts are shared in the copy too.
func (in *Inputs) CopyTop() chartutil.Values {
	top := make(chartutil.Values, len(in.Top))
	for key, v := range in.Top {
		top[key] = v
	}
	top["Values"] = chartutil.Values(deepCopy(in.Values).(map[string]any))
	top["Release"] = deepCopy(top["Release"])
	return top
}
