package manifest

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// Directories that write the same object differently are variants, such as those of two
// clusters: analyzed as one set, the Service of the one would select the pods of the
// other. Each variant is a set with all that is not a variant of anything.

// maxAgain bounds how many objects are analyzed again because variants share them; beyond it
// the variants are analyzed without them.
const maxAgain = 20_000

// written is a file and its objects.
type written struct {
	name    string
	objects []*object.Object
}

// unit is a file, or a directory, that is taken into a set as a whole or not at all.
type unit struct {
	files []written
}

// repeated are kinds that parts of one cluster often write each for itself.
var repeated = []string{"Namespace", "CustomResourceDefinition"}

// identity names an object; empty for those that cannot be told apart, or need not be.
func identity(o *object.Object) string {
	if o.Name == "" || slices.Contains(repeated, o.Kind) {
		return ""
	}
	return strings.Join([]string{o.Group(), o.Kind, o.Namespace, o.Name}, "\x00")
}

// Sets are the objects that are in one cluster together, as far as that shows: all of
// them where no object is written in two files. The note says why there are several.
func (d *Directory) Sets() (sets [][]*object.Object, note string) {
	all := setsOf(d.dir, d.files)
	if len(all) <= 1 {
		return [][]*object.Object{d.Objects}, ""
	}
	for _, files := range all {
		var objects []*object.Object
		for _, f := range files {
			objects = append(objects, f.objects...)
		}
		sets = append(sets, objects)
	}
	return sets, fmt.Sprintf("the manifests are checked as %d sets: %s", len(sets), d.twice())
}

// twice names the first object that is written in two files.
func (d *Directory) twice() string {
	first := map[string]string{}
	for _, f := range d.files {
		for _, o := range f.objects {
			id := identity(o)
			if other, has := first[id]; id != "" && has && other != f.name {
				return fmt.Sprintf("%s is defined in %s and in %s, which cannot be in one cluster", o, filepath.ToSlash(other), filepath.ToSlash(f.name))
			}
			first[id] = f.name
		}
	}
	return ""
}

// setsOf puts the files of a directory into sets.
func setsOf(dir string, files []written) [][]written {
	var shared []written
	var variants [][]written
	units := unitsOf(dir, files)
	conflicting := conflicts(units)
	for i, u := range units {
		inner := [][]written{u.files}
		if len(u.files) > 1 {
			inner = setsOf(filepath.Join(dir, firstStep(dir, u.files[0].name)), u.files)
		}
		if len(inner) == 1 && !conflicting[i] {
			shared = append(shared, u.files...)
			continue
		}
		variants = append(variants, inner...)
	}
	switch {
	case len(variants) == 0:
		return [][]written{shared}
	case len(variants)*count(shared) > maxAgain:
		return append(variants, shared)
	}
	for i, v := range variants {
		variants[i] = slices.Concat(shared, v)
	}
	return variants
}

func count(files []written) (n int) {
	for _, f := range files {
		n += len(f.objects)
	}
	return n
}

// unitsOf are the files that are in a directory itself, and its directories.
func unitsOf(dir string, files []written) (units []unit) {
	at := map[string]int{}
	for _, f := range files {
		step := firstStep(dir, f.name)
		i, has := at[step]
		if !has {
			i = len(units)
			at[step] = i
			units = append(units, unit{})
		}
		units[i].files = append(units[i].files, f)
	}
	return units
}

// firstStep is the name in a directory that leads to a file.
func firstStep(dir, name string) string {
	rel, err := filepath.Rel(dir, name)
	if err != nil {
		return name
	}
	step, _, _ := strings.Cut(rel, string(filepath.Separator))
	return step
}

// conflicts says of each unit whether another one writes an object of it too.
func conflicts(units []unit) []bool {
	conflicting := make([]bool, len(units))
	first := map[string]int{}
	for i, u := range units {
		for _, f := range u.files {
			for _, o := range f.objects {
				id := identity(o)
				if id == "" {
					continue
				}
				if other, has := first[id]; has && other != i {
					conflicting[i], conflicting[other] = true, true
				} else {
					first[id] = i
				}
			}
		}
	}
	return conflicting
}
