package search

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/frontends/release/pattern"
	"github.com/mesh-check/mesh-check/render/source"
)

// The limits of what the configuration declares, far above what repositories hold.
const (
	maxListed        = 100_000   // files and directories among which patterns are looked for
	maxMatches       = 5_000_000 // about the comparisons of a path with a pattern; see declaring.fitting
	maxDeclaredFiles = 100       // values files of one release
	costOfRelease    = 50        // as many comparisons as a release takes
)

// configured adds the releases that the configuration declares.
func (f *finder) configured() {
	if len(f.config.Declared) == 0 {
		return
	}
	d := &declaring{finder: f, layers: map[string]release.Layer{}, fit: map[string]map[string][]string{}}
	d.list()
	for _, e := range f.config.Declared {
		d.entry(e)
	}
	if d.matches > maxMatches {
		f.found.Notes = append(f.found.Notes, f.config.Name+": the patterns of releases: declared: fit too many files; some were not compared")
	}
}

// declaring makes the releases of the configuration.
type declaring struct {
	*finder
	files  []string // of the repository, by their paths from its root, sorted
	charts []string // directories and archives, likewise
	// matches are how many paths were compared, more for long ones.
	matches int
	// fit are the files that patterns fit, by their texts: charts share them.
	fit map[string]map[string][]string
	// layers are the values files that were read: many releases have the same.
	layers map[string]release.Layer
}

// declaration is an entry of the configuration as what declares a release.
func (d *declaring) declaration(e release.Entry) release.Declaration {
	return release.Declaration{Name: "the configuration", Span: d.at(e.At)}
}

// note tells what an entry does not do.
func (d *declaring) note(e release.Entry, format string, args ...any) {
	name := d.config.Name
	if at := d.at(e.At); at.Valid() {
		name = fmt.Sprintf("%s:%d", name, at.Begin().Line)
	}
	d.found.Notes = append(d.found.Notes, name+": "+fmt.Sprintf(format, args...))
}

// entry adds the releases of one entry.
func (d *declaring) entry(e release.Entry) {
	p, ok := pattern.New(e.Chart)
	if !ok {
		d.note(e, "chart %q is not a valid pattern", e.Chart)
		return
	}
	fits := make([]bool, len(e.Values)) // whether each of the values fits a file, for any chart
	var without []string
	charts := 0
	byEnv := d.fitting(d.charts, p)
	for _, env := range slices.Sorted(maps.Keys(byEnv)) {
		for _, chart := range byEnv[env] {
			if !d.searched(chart) {
				charts++
				continue
			}
			if why := d.notChart(chart); why != nil {
				if p.Literal {
					why.Declared = d.declaration(e)
					d.found.Undecided = append(d.found.Undecided, *why)
					return
				}
				continue
			}
			if charts++; !d.releasesOf(e, chart, env, fits) {
				without = append(without, chart)
			}
			if d.full || d.matches > maxMatches {
				return
			}
		}
	}
	if charts == 0 {
		d.note(e, "chart %q fits no chart", e.Chart)
		return
	}
	if len(without) == charts || d.dir == d.Root {
		for i, fit := range fits {
			if !fit {
				d.note(e, "values %q fits no file", e.Values[i])
			}
		}
	}
	if more := len(without) - maxNamed; len(without) > 0 && len(without) < charts {
		named := strings.Join(without[:min(len(without), maxNamed)], ", ")
		if more > 0 {
			named += fmt.Sprintf(" and %d more", more)
		}
		d.note(e, "no values file gives a release of %s", named)
	}
}

// searched reports whether a path of the repository lies in the directory that is searched, which
// may be spelled otherwise.
func (d *declaring) searched(name string) bool {
	if d.dir == d.Root {
		return true
	}
	dir, err := d.Tree.Real(d.dir)
	path, err2 := d.Tree.Real(filepath.Join(d.Root, filepath.FromSlash(name)))
	return err == nil && err2 == nil && source.LiesIn(dir, path)
}

// notChart says why there is no chart at a path.
func (d *declaring) notChart(chart string) *release.Undecided {
	name := filepath.Join(d.Root, filepath.FromSlash(chart))
	if why := d.Fault(name, chart); why != nil {
		if why.Why == release.MissingFile {
			why.Why = release.OtherRepository
		}
		return why
	}
	if !helm.IsChart(d.Tree, name) {
		return &release.Undecided{Why: release.NotChart, Detail: d.Kind(name)}
	}
	return nil
}

// releasesOf adds the releases of one chart; false where no values file gives one. env is what the
// path of the chart says that {env} is.
func (d *declaring) releasesOf(e release.Entry, chart, env string, fits []bool) bool {
	dir := path.Base(chart)
	if dir == "." || path.Ext(dir) == ".tgz" {
		dir = d.Charts.Metadata(filepath.Join(d.Root, filepath.FromSlash(chart))).Name
	}
	envs, needed := map[string]bool{}, false
	found := make([]map[string][]string, len(e.Values))
	for i, text := range e.Values {
		d.matches += len(text) // it takes time to read a pattern too
		p, ok := pattern.New(strings.ReplaceAll(text, "{chart}", pattern.Escaped(dir)))
		of := p.Env // a file that is not there is not missing
		if ok && of && env != "" {
			p, ok = p.With("{env}", env)
		}
		if !ok {
			continue
		}
		if d.fit[p.Text] == nil {
			d.fit[p.Text] = d.fitting(d.files, p)
		}
		found[i] = d.fit[p.Text]
		if _, there := slices.BinarySearch(d.files, p.Text); p.Literal && of && !there {
			found[i] = nil
		}
		for name := range found[i] {
			fits[i], envs[name] = true, true
		}
		needed = needed || p.Env
	}
	if !needed {
		d.release(e, chart, dir, env, found)
		return true
	}
	delete(envs, "")
	for _, env := range slices.Sorted(maps.Keys(envs)) {
		d.matches += costOfRelease
		d.release(e, chart, dir, env, found)
	}
	return len(envs) > 0
}

// release adds one release. Of a pattern with {env}, the files of other ones are left out, and
// where it has none for this one, nothing is missing.
func (d *declaring) release(e release.Entry, chart, dir, env string, found []map[string][]string) {
	declared := d.declaration(e)
	fill := strings.NewReplacer("{env}", env, "{chart}", dir)
	r := &release.Release{
		By: release.Configured, Chart: source.Shown(d.Tree, filepath.Join(d.Root, filepath.FromSlash(chart))), Root: env, Declared: declared,
		Name: cmp.Or(fill.Replace(e.Name), dir), Namespace: fill.Replace(e.Namespace),
	}
	if why := misnamed(r); why != nil {
		why.Declared = declared
		d.found.Undecided = append(d.found.Undecided, *why)
		return
	}
	for _, files := range found {
		names := files[""]
		if env != "" {
			names = slices.Concat(names, files[env])
		}
		for _, name := range names {
			l, why := d.valuesFile(name)
			if why == nil && len(r.Layers) == maxDeclaredFiles {
				why = &release.Undecided{Why: release.NotValid, Detail: fmt.Sprintf("more than %d values files for %s", maxDeclaredFiles, chart)}
			}
			if why != nil {
				why.Declared = declared
				d.found.Undecided = append(d.found.Undecided, *why)
				return
			}
			r.Layers = append(r.Layers, l)
		}
	}
	d.add(r)
}

// misnamed says which name of a release is not one: a part of it is the name of a file.
func misnamed(r *release.Release) *release.Undecided {
	for _, one := range []struct{ what, name string }{{"name", r.Name}, {"namespace", r.Namespace}} {
		if one.name != "" && (!validName.MatchString(one.name) || len(one.name) > 63) {
			return &release.Undecided{Why: release.NotValid, Detail: fmt.Sprintf("the %s %q of a release of %s is not a valid Kubernetes name", one.what, one.name, r.Chart)}
		}
	}
	return nil
}

// validName is a name of Kubernetes.
var validName = regexp.MustCompile(`^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$`)
