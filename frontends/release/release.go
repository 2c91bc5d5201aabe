package release

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release/remote"
	"github.com/mesh-check/mesh-check/render/source"
)

// Release is one deployment of a chart, as it is declared: what Helm would be given.
type Release struct {
	// Chart is the chart's directory or archive, as the tree of files names it.
	Chart string
	// Name and Namespace are those of the release.
	Name, Namespace string
	// KubeVersion and APIVersions take the place of those of the run, where they are given.
	KubeVersion string
	APIVersions []string
	// Repository and Revision are what the declaration names: the URL of a repository, and a
	// branch, tag or commit of it. What is taken is what is here.
	Repository, Revision string
	// Without says what of the chart is not deployed.
	Without Without
	// Remote is the chart as the declaration names it where the configuration says where it is;
	// nil for a path of the repository.
	Remote *remote.Chart
	// Layers are the values, in the order in which the declaration applies them.
	Layers []Layer
	// Root is the set of the chart that has rendered the declaration, such as idfprod; empty
	// where it is written as it is.
	Root string
	// Cluster is what the declaration names where it is deployed: the name of a cluster, or the
	// address of its API server; empty where it names none.
	Cluster string
	// By is the convention by which the release is declared.
	By By
	// Namespaces are those of the names that the release is deployed to, as they exist in its
	// cluster; see Around.
	Namespaces []Namespace
	// Declared says where the release is declared.
	Declared Declaration

	set, environment string // that NameSets has given
}

// Without is what a release leaves out of what its chart renders.
type Without struct {
	CRDs  bool // the files of crds/
	Tests bool // hooks that test a release
	Hooks bool // all hooks
}

// Deploys reports whether an object that the chart renders is deployed.
func (r *Release) Deploys(o *object.Object) bool {
	if r.Without.Hooks && len(o.Hooks) > 0 || r.Without.Tests && slices.ContainsFunc(o.Hooks, isTest) {
		return false
	}
	return !r.Without.CRDs || o.Kind != "CustomResourceDefinition" || !r.fromCRDs(o)
}

// fromCRDs reports whether an object is in a file of crds/; templates/ may have a crds/ too.
func (r *Release) fromCRDs(o *object.Object) bool {
	at := o.NameField().Origin().Span
	if !at.Valid() {
		return false
	}
	parts := strings.Split(strings.TrimPrefix(filepath.ToSlash(at.File.Name()), filepath.ToSlash(r.Chart)), "/")
	i := slices.IndexFunc(parts, func(part string) bool { return part == "crds" || part == "templates" })
	return i >= 0 && parts[i] == "crds"
}

// isTest reports whether a hook tests a release; Helm 2 had three words for it.
func isTest(event string) bool {
	return slices.Contains([]string{"test", "test-success", "test-failure"}, event)
}

// Layer is one layer of values, and where it is written.
type Layer struct {
	helm.Layer
	// Written says where the values are written; nil where they are in a file of their
	// own, which is their place.
	Written Writer
}

// Declaration is what declares a release.
type Declaration struct {
	// Name is the address of a Terraform resource, or the kind and the name of an object.
	Name string
	// Short is the name of an object alone; may be empty.
	Short string
	// Span is the whole of it.
	Span source.Span
	// Behind leads to what made it: the calls of modules.
	Behind []source.Step
}

// Writer knows where the values of a layer are written.
type Writer interface {
	// Written is where a value is written that a trace finds in the layer: for a file the
	// span of the step is in its text, for a flag it is empty.
	Written(value source.Step) Written
}

// Written is where a value of a layer is written.
type Written struct {
	// Span is the place of the value.
	Span source.Span
	// PutIn are the steps from there to where what is at Span comes from.
	PutIn []source.Step
	// At is the argument of the declaration that hands the values on.
	At source.Span
	// Behind leads on from At.
	Behind []source.Step
}

// FlagAt is the Writer of a flag whose value is written at one place.
type FlagAt struct{ object.Ref }

// Written implements Writer.
func (f FlagAt) Written(source.Step) Written {
	o := f.Origin()
	return Written{Span: o.Span, At: o.Span, Behind: o.Trace}
}

// flagOf is the flag of a layer as the steps of traces name it; see source.Step.
func flagOf(l helm.Layer) string { return "--" + string(l.Kind) + " " + l.Text }

// Key tells apart what charts are rendered with: releases with one key render alike. It is not
// text to show.
func (r *Release) Key() string {
	h := sha256.New()
	for _, l := range r.Layers {
		fmt.Fprintf(h, "%s\x00%s\x00", l.Kind, l.Text)
		if l.File != nil {
			fmt.Fprintf(h, "%s\x00%d\x00%s", l.File.Name(), len(l.File.Data), l.File.Data)
		}
	}
	fmt.Fprint(h, r.Without)
	return strings.Join([]string{r.Chart, r.Name, r.Namespace, r.KubeVersion, strings.Join(r.APIVersions, ","), string(h.Sum(nil))}, "\x00")
}

// Environment is what is deployed together: the outermost of the root sets that have rendered the
// declaration, such as idfprod. Where it is written as it is, that is the cluster, if
// NameSets has found several of these; else it is empty.
func (r *Release) Environment() string {
	environment, _, _ := strings.Cut(r.Root, "/")
	return cmp.Or(environment, r.environment)
}

// Options are those with which a chart is rendered as the release says, out of those of the
// run.
func (r *Release) Options(o helm.Options) helm.Options {
	o.ReleaseName, o.Namespace, o.ValuesSets, o.NoCI = r.Name, r.Namespace, nil, true
	if r.KubeVersion != "" {
		o.KubeVersion = r.KubeVersion
	}
	if len(r.APIVersions) > 0 {
		o.APIVersions = r.APIVersions
	}
	o.Layers = r.layers()
	return o
}

// ValuesSet is the release as a values set of its chart.
func (r *Release) ValuesSet() helm.ValuesSet {
	return helm.ValuesSet{Name: r.Set(), Release: &helm.Release{
		Name: r.Name, Namespace: r.Namespace, KubeVersion: r.KubeVersion, APIVersions: r.APIVersions, Layers: r.layers(),
	}}
}

func (r *Release) layers() []helm.Layer {
	all := make([]helm.Layer, len(r.Layers))
	for i, l := range r.Layers {
		all[i] = l.Layer
	}
	return all
}
