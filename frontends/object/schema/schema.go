package schema

import (
	"maps"
	"math"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// Kind is a kind of resource that the table knows.
type Kind struct {
	Group, Kind string
	// Versions are the served versions, and the release of Istio since which each is;
	// empty for the first release of the table, and for the Gateway API.
	Versions map[string]string
}

// Schema is what the releases say of one version of a kind.
type Schema struct {
	since string
	root  *node
}

// Of is the schema of a version of a kind; ok is false where no release serves it.
func Of(group, kind, version string) (s *Schema, ok bool) {
	return facts().schema(group, kind, version)
}

// Kinds are all kinds of the table, by group and name.
func Kinds() []Kind {
	var all []Kind
	for _, k := range facts().kinds {
		if last := len(all) - 1; last < 0 || all[last].Group != k.Group || all[last].Kind != k.Kind {
			all = append(all, Kind{k.Group, k.Kind, map[string]string{}})
		}
		maps.Copy(all[len(all)-1].Versions, k.Versions)
	}
	return all
}

// KnowsGroup reports whether all kinds of a group are in the table: an object of such a
// group and of a kind that the table lacks does not exist.
func KnowsGroup(group string) bool {
	for _, k := range facts().kinds {
		if k.Group == group {
			return true
		}
	}
	return false
}

// Releases are the releases of Istio that the table knows, oldest first: "1.19".
func Releases() []string { return append([]string(nil), facts().Releases...) }

// Since is the release of Istio that serves this version first; empty for the oldest one
// of the table, and for the Gateway API.
func (s *Schema) Since() string { return s.since }

// Sort is what a problem is about.
type Sort string

// The sorts of problems.
const (
	UnknownField Sort = "unknown-field" // a field that no release has
	TooNew       Sort = "too-new"       // a field or value that a later release has
	WrongType    Sort = "wrong-type"
	Missing      Sort = "missing"
	Value        Sort = "value" // a value, size or form that is not allowed
	Exclusive    Sort = "exclusive"
	Rule         Sort = "rule" // a rule about several fields
)

// Problem is one thing that the API server refuses.
type Problem struct {
	Sort Sort
	// Field is the place to edit; for a missing field it is that field.
	Field object.Field
	// Message says what is wrong, in one line.
	Message string
	// Advice says what to do, in one line.
	Advice string
}

// Result is what there is to say about an object.
type Result struct {
	// Problems are the first hundred, in the order of the fields.
	Problems []Problem
	// Undecided are the fields whose unknown values leave something open.
	Undecided []object.Field
	// From is the oldest release of Istio of which all this is certainly so, as it is of
	// those up to the one that was asked for; "1.0" where nothing depends on it.
	From string
}

// Check says what a release of Istio, such as "1.27", refuses in an object. Without a
// release it is the newest one; what is older than the table counts as its oldest one.
// metadata and status are not judged.
func (s *Schema) Check(o *object.Object, release string) Result {
	c := checker{object: o, release: minor(release), name: release, told: map[*object.Node]bool{}, absent: map[absentKey]bool{}, asked: map[string]bool{}}
	c.value(o.Root(), s.root)
	c.result.From = "1." + strconv.Itoa(c.from)
	return c.result
}

// newest stands for the newest release.
const newest = math.MaxInt

// minor is the number of a minor release: 27 of "1.27" and of "1.27.3".
func minor(release string) int {
	rest, ok := strings.CutPrefix(release, "1.")
	if !ok {
		return newest
	}
	number, _, _ := strings.Cut(rest, ".")
	n, err := strconv.Atoi(number)
	if err != nil {
		return newest
	}
	return n
}
