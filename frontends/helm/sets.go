package helm

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// valuesSet is a values set that is read.
type valuesSet struct {
	name   string
	layers []chart.Layer
	// release says how else the chart is rendered; nil: as the options say.
	release *Release
	err     *source.Error // why its files cannot be read
}

// setsOf lists the values sets of a chart. The error is that of a name that is
// taken.
func setsOf(c *chart.Chart, o Options) ([]valuesSet, error) {
	var sets []valuesSet
	switch {
	case len(o.Layers) > 0:
		sets = append(sets, valuesSet{name: CustomSet, layers: o.Layers})
	default:
		sets = append(sets, valuesSet{name: DefaultSet})
		if !o.NoCI {
			sets = append(sets, slices.DeleteFunc(ciSets(o.Tree, c), func(s valuesSet) bool {
				return o.NoExplored && writtenCI.MatchString(s.name)
			})...)
		}
	}
	for _, given := range o.ValuesSets {
		if slices.ContainsFunc(sets, func(s valuesSet) bool { return s.name == given.Name }) {
			return nil, &source.Error{
				What: "there are two values sets named " + given.Name, Path: c.Name, Do: "give the values set another name",
			}
		}
		sets = append(sets, readSet(o.Tree, given))
	}
	return sets, nil
}

// maxValues bounds a values file in bytes, as a file of a chart is bounded.
const maxValues = 5 << 20

// readSet reads the files of a values set that the user has named.
func readSet(t source.Tree, given ValuesSet) valuesSet {
	set := valuesSet{name: given.Name}
	for _, name := range given.Files {
		data, err := source.ReadFile(t, name, maxValues)
		if err != nil {
			set.err = unreadable(name, err)
			return set
		}
		set.layers = append(set.layers, chart.Layer{Kind: chart.ValuesFile, File: source.NewFile("", name, data)})
	}
	if set.release = given.Release; set.release != nil {
		set.layers = append(set.layers, set.release.Layers...)
	}
	return set
}

// ciSets are the values files of chart-testing, ci/*-values.yaml, each a set of its
// own named for the file; charts have them as .yml too. A link that leads out of the chart is an error of its set.
func ciSets(t source.Tree, c *chart.Chart) []valuesSet {
	root := c.Root
	if root == "" {
		return packedSets(c)
	}
	dir, err := t.Sub(root)
	if err != nil {
		return nil
	}
	defer dir.Close()
	entries, err := dir.ReadDir("ci")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return []valuesSet{{name: "ci", err: unreadable(path.Join(root, "ci"), err)}}
	}
	var sets []valuesSet
	for _, e := range entries {
		if e.IsDir() || !isCIFile(e.Name()) {
			continue
		}
		set := valuesSet{name: "ci/" + e.Name()}
		if data, err := readRegular(dir, set.name); err != nil {
			set.err = unreadable(path.Join(root, set.name), err)
		} else {
			set.layers = []chart.Layer{{Kind: chart.ValuesFile, File: source.NewFile(root, set.name, data)}}
		}
		sets = append(sets, set)
	}
	return sets
}

// packedSets are the values sets of ci/ of an archive: what is in it has been read, within its limits.
func packedSets(c *chart.Chart) (sets []valuesSet) {
	for _, f := range c.FilesIn("ci") {
		if name := path.Base(f.Path); isCIFile(name) {
			sets = append(sets, valuesSet{name: "ci/" + name, layers: []chart.Layer{{Kind: chart.ValuesFile, File: f}}})
		}
	}
	return sets
}

func isCIFile(name string) bool {
	return strings.HasSuffix(name, "-values.yaml") || strings.HasSuffix(name, "-values.yml")
}

// readRegular reads a regular file: opening a pipe that nobody writes to never ends.
func readRegular(dir source.Tree, name string) ([]byte, error) {
	info, err := dir.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("it is not a regular file")
	case info.Size() > maxValues:
		return nil, fmt.Errorf("it is larger than %d MiB", maxValues>>20)
	}
	return source.ReadFile(dir, name, maxValues)
}

func unreadable(name string, err error) *source.Error {
	return &source.Error{What: "the values file cannot be read: " + source.Cause(err).Error(), Path: name, Err: err}
}

// of are the options for the values set of a release.
func (o Options) of(r *Release) Options {
	if r == nil {
		return o
	}
	o.ReleaseName, o.Namespace = cmp.Or(r.Name, o.ReleaseName), cmp.Or(r.Namespace, o.Namespace)
	o.KubeVersion = cmp.Or(r.KubeVersion, o.KubeVersion)
	if len(r.APIVersions) > 0 {
		o.APIVersions = r.APIVersions
	}
	return o
}
