package remote

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/Masterminds/semver/v3"
	"sigs.k8s.io/yaml"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/render/source"
)

// Charts finds remote charts in a repository.
type Charts struct {
	// Tree gives nothing from outside Root, the directory of the repository.
	Tree source.Tree
	Root string
	// Aliases say where remote charts are.
	Aliases []Alias

	vendor   map[string][]fs.DirEntry     // what lies in directories of charts
	archives map[string]map[string][]byte // what was read of charts that are archives
}

// Alias says where remote charts are.
type Alias struct {
	// Remote is REPOSITORY/NAME, in which one * may stand for a part between two slashes.
	Remote string
	// Local is a chart, or a directory of charts and archives, by its path from the root; a * in it is
	// what that of Remote stands for.
	Local string
}

// Missing says why a remote chart is not here.
type Missing struct {
	Why    Why
	Detail string
	Chart  Chart
}

// Why is a reason why a remote chart is not here.
type Why int

// The reasons.
const (
	NotNamed     Why = iota // the configuration does not say where it is
	NotKnown                // its name depends on a value that is not known
	NotPulled               // it is not where the configuration says
	OtherVersion            // there it is of another version
	NotChart                // there is something else
	Outside                 // that leads out of the repository
)

const (
	maxVersions  = 5       // that a reason names
	maxChartYAML = 5 << 20 // bytes
)

// maxVersionText bounds the text of a version or of a range of versions, in bytes.
const maxVersionText = 256

// Local is where the configuration says that a remote chart is: a chart of the repository, as the
// tree names it, of a version that the declaration allows. Nothing is fetched. Of several
// entries that fit, the first one counts whose chart is here.
func (c *Charts) Local(m Chart) (chart string, why *Missing) {
	places := c.aliased(m)
	switch {
	case m.Unknown != "" && (len(places) > 0 || m.Name == "" || m.Repository == ""):
		return "", m.missing(NotKnown, m.Unknown)
	case len(places) == 0:
		return "", m.missing(NotNamed, "")
	}
	for _, local := range places {
		chart, fault := c.at(local, m)
		if fault == nil {
			return chart, nil
		}
		why = cmp.Or(why, fault)
	}
	return "", why
}

// missing says why a remote chart is not here.
func (m Chart) missing(why Why, detail string) *Missing {
	text := m.String()
	if detail != "" {
		text += ": " + detail
	}
	return &Missing{Why: why, Detail: text, Chart: m}
}

// at is a remote chart at a path of the repository, or in the directory there.
func (c *Charts) at(local string, m Chart) (chart string, why *Missing) {
	name := filepath.Join(c.Root, filepath.FromSlash(local))
	info, err := c.Tree.Stat(name)
	switch {
	case source.IsOutside(err) || errors.Is(err, source.ErrOutside):
		return "", m.missing(Outside, local)
	case err != nil:
		m.Dir = name
		if filepath.Ext(name) == ".tgz" {
			m.Dir = filepath.Dir(name)
		}
		return "", m.missing(NotPulled, local+" is not here")
	case helm.IsChart(c.Tree, name):
		if version := c.Metadata(name).Version; !allows(m.Version, version) {
			return "", m.missing(OtherVersion, fmt.Sprintf("%s is version %q", local, version))
		}
		return name, nil
	case !info.IsDir():
		return "", m.missing(NotChart, local)
	}
	m.Dir = name
	found := c.vendored(name, m.short())
	versions := make([]string, 0, len(found))
	best := -1
	for i, v := range found {
		versions = append(versions, v.version)
		if allows(m.Version, v.version) && (best < 0 || newer(v.version, found[best].version)) {
			best = i
		}
	}
	switch {
	case best >= 0:
		return found[best].path, nil
	case len(found) == 0:
		return "", m.missing(NotPulled, local+" has no chart "+m.short())
	}
	return "", m.missing(OtherVersion, fmt.Sprintf("%s has version %s", local, strings.Join(versions[:min(len(versions), maxVersions)], ", ")))
}

// aliased are the paths, from the root, at which the configuration has a remote chart.
func (c *Charts) aliased(m Chart) (places []string) {
	reference := m.reference()
	for _, a := range c.Aliases {
		before, behind, star := strings.Cut(strings.TrimPrefix(a.Remote, OCIScheme), "*")
		part, ok := strings.CutPrefix(reference, before)
		if ok && star {
			part, ok = strings.CutSuffix(part, behind)
		}
		switch {
		case !ok || !star && part != "":
		case !star:
			places = append(places, a.Local)
		case part != "" && part != "." && part != ".." && !strings.ContainsAny(part, "/\\\x00"):
			// What the * stands for is a name of the declaration: it must not lead elsewhere.
			places = append(places, strings.ReplaceAll(a.Local, "*", part))
		}
	}
	return places
}

// vendoredChart is a chart of a directory of charts.
type vendoredChart struct{ path, version string }

// vendored are the charts of a name in a directory that `helm pull -d` fills, with --untar or
// without, or kustomize: NAME, NAME-VERSION.tgz, NAME-VERSION, NAME-VERSION/NAME.
func (c *Charts) vendored(dir, name string) (all []vendoredChart) {
	entries, known := c.vendor[dir]
	if !known {
		entries, _ = c.Tree.ReadDir(dir)
		if c.vendor == nil {
			c.vendor = map[string][]fs.DirEntry{}
		}
		c.vendor[dir] = entries
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), name) {
			continue
		}
		path := filepath.Join(dir, e.Name())
		if _, err := c.Tree.Stat(path); err != nil {
			continue // a link that leads nowhere, or out of the repository
		}
		rest, versioned := strings.CutPrefix(e.Name(), name+"-")
		archive := strings.TrimSuffix(rest, ".tgz")
		switch {
		case name == "":
		case e.Name() == name && helm.IsChart(c.Tree, path):
			all = append(all, vendoredChart{path, c.Metadata(path).Version})
		case versioned && archive != rest && strict(archive) != nil && helm.IsChart(c.Tree, path):
			all = append(all, vendoredChart{path, archive})
		case versioned && strict(rest) != nil && c.IsDir(path):
			for _, at := range []string{path, filepath.Join(path, name)} {
				if helm.IsChart(c.Tree, at) {
					all = append(all, vendoredChart{at, c.Metadata(at).Version})
					break
				}
			}
		}
	}
	return all
}

// IsDir reports whether a chart is a directory, and not an archive.
func (c *Charts) IsDir(name string) bool {
	info, err := c.Tree.Stat(name)
	return err == nil && info.IsDir()
}

// strict is a version of three numbers; nil for anything else.
func strict(text string) *semver.Version {
	if len(text) > maxVersionText {
		return nil
	}
	v, err := semver.StrictNewVersion(strings.TrimPrefix(strings.ReplaceAll(text, "_", "+"), "v")) // registries have _ for +
	if err != nil {
		return nil
	}
	return v
}

// allows reports whether a version is what a declaration asks for: a version, or a range of
// versions as Helm and Argo CD read it.
//
// Source: util/versions/tags.go of argoproj/argo-cd, at 37ee0097cf.
func allows(wanted, have string) bool {
	switch {
	case wanted == "" || wanted == have:
		return true
	case len(wanted) > maxVersionText || len(have) > maxVersionText:
		return false
	}
	version, err := semver.NewVersion(strings.ReplaceAll(have, "_", "+"))
	if err != nil {
		return false
	}
	if exact := strict(wanted); exact != nil {
		return exact.Equal(version) && (exact.Metadata() == "" || exact.Metadata() == version.Metadata())
	}
	ranged, err := semver.NewConstraint(wanted)
	return err == nil && ranged.Check(version)
}

// newer reports whether a version is a newer one than another.
func newer(a, b string) bool {
	x, err := semver.NewVersion(a)
	y, err2 := semver.NewVersion(b)
	return err == nil && (err2 != nil || x.GreaterThan(y))
}

// Exact reports whether a version is one, and not a range of versions.
func (m Chart) Exact() bool { return strict(m.Version) != nil }

// Metadata is what Chart.yaml says of a chart, a directory or an archive.
func (c *Charts) Metadata(chart string) (m struct{ Name, Version string }) {
	if info, err := c.Tree.Stat(filepath.Join(chart, "Chart.yaml")); err == nil && !info.Mode().IsRegular() {
		return m // opening a pipe that nobody writes to never ends
	}
	data, err := source.ReadFile(c.Tree, filepath.Join(chart, "Chart.yaml"), maxChartYAML)
	if err != nil {
		data = c.Archived(chart, "Chart.yaml")
	}
	_ = yaml.Unmarshal(data, &m) // what it does not say is empty; rendering reports it
	return m
}

// Archived is a file of a chart that is an archive, by its path in the chart; nil where rendering
// the chart does not read it.
func (c *Charts) Archived(chart, name string) []byte {
	if files, known := c.archives[chart]; known {
		return files[name]
	}
	if c.archives == nil {
		c.archives = map[string]map[string][]byte{}
	}
	files := map[string][]byte{}
	c.archives[chart] = files
	if info, err := c.Tree.Stat(chart); err != nil || info.IsDir() {
		return nil
	}
	loaded, err := helm.Load(chart, helm.Options{Tree: c.Tree, NoCI: true})
	if err != nil {
		return nil // rendering the chart reports it
	}
	for _, f := range loaded.Files(helm.DefaultSet) {
		_, inside, _ := strings.Cut(f.Path, "!")
		if _, rest, _ := strings.Cut(inside, "/"); rest == "Chart.yaml" || rest == "values.yaml" {
			files[rest] = f.Data
		}
	}
	return files[name]
}
