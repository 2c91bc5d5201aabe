package object

import (
	"slices"
	"strings"
	"sync"

	"github.com/mesh-check/mesh-check/render/source"
)

// Group is the API group: apps of apps/v1, empty for v1. An object of a kind that the
// group does not have, as Deployment in v1, is of the group that has it: so it is analyzed
// as what it is meant to be, while TypeErrors tells that Kubernetes refuses it.
func (o *Object) Group() string {
	if home := o.home(); home != "" {
		return groupOf(home)
	}
	return groupOf(o.APIVersion)
}

func groupOf(apiVersion string) string {
	group, _, found := strings.Cut(apiVersion, "/")
	if !found {
		return ""
	}
	return group
}

// ownGroups are Kubernetes' own groups, and for each of its kinds the groups that have
// it and the apiVersion to write.
type ownGroups struct {
	groups map[string]bool
	homes  map[string]kindHome
}

type kindHome struct {
	groups     []string
	apiVersion string
}

var kubernetesGroups = sync.OnceValue(func() ownGroups {
	own := ownGroups{map[string]bool{}, map[string]kindHome{}}
	for key := range kinds() {
		apiVersion, kind := key[0], key[1]
		home := own.homes[kind]
		own.groups[groupOf(apiVersion)] = true
		home.groups = append(home.groups, groupOf(apiVersion))
		if home.apiVersion == "" || moreStable(apiVersion, home.apiVersion) {
			home.apiVersion = apiVersion
		}
		own.homes[kind] = home
	}
	return own
})

// moreStable reports whether one apiVersion is to be written rather than another: one that
// is not alpha or beta before one that is, then the first in the alphabet.
func moreStable(a, b string) bool {
	unstable := func(v string) bool { return strings.Contains(v, "alpha") || strings.Contains(v, "beta") }
	if unstable(a) != unstable(b) {
		return unstable(b)
	}
	return a < b
}

// home is the apiVersion to write for an object whose group, one of Kubernetes' own,
// does not have its kind; empty for all others.
func (o *Object) home() string {
	own := kubernetesGroups()
	home, known := own.homes[o.Kind]
	if group := groupOf(o.APIVersion); !known || !own.groups[group] || slices.Contains(home.groups, group) {
		return ""
	}
	return home.apiVersion
}

// wrongGroup is the error of an object whose group does not have its kind; nil for all
// others.
func (o *Object) wrongGroup() *source.Error {
	home := o.home()
	if home == "" || o.APIVersion == "" { // that it has none is reported elsewhere
		return nil
	}
	return &source.Error{
		What: printable(o.String()) + ": Kubernetes has no kind " + o.Kind + " in apiVersion " + printable(o.APIVersion) + "; it is checked as " + home,
		Do:   "write apiVersion: " + home, At: o.Get("apiVersion").Origin().Span,
	}
}
