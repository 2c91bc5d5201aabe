package views

import (
	"fmt"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// Application is the view of argoproj.io Application, and of the template of an ApplicationSet.
type Application struct {
	*object.Object
	// Template says that it is an ApplicationSet: what stands between {{ and }} in its texts is filled in before Argo CD
	// has an Application.
	Template bool
	metadata object.Field
	spec     object.Field
}

// Applications are what a set declares to Argo CD.
func Applications(set *object.Set) []Application {
	var all []Application
	for _, o := range set.ByKind(ArgoCD, "Application") {
		all = append(all, Application{o, false, o.Get("metadata"), o.Get("spec")})
	}
	for _, o := range set.ByKind(ArgoCD, "ApplicationSet") {
		all = append(all, Application{o, true, o.Get("spec", "template", "metadata"), o.Get("spec", "template", "spec")})
	}
	return all
}

// Sources are spec.sources or, where it has none, spec.source, and what spec.sourceHydrator renders.
func (a Application) Sources() []ApplicationSource {
	var all []ApplicationSource
	for _, f := range a.spec.Get("sources").Items() {
		all = append(all, ApplicationSource{f})
	}
	if one := a.spec.Get("source"); len(all) == 0 && one.Exists() {
		all = append(all, ApplicationSource{one})
	}
	if dry := a.spec.Get("sourceHydrator", "drySource"); dry.Exists() {
		all = append(all, ApplicationSource{dry})
	}
	return all
}

// SourceList is spec.sources itself.
func (a Application) SourceList() object.Field { return a.spec.Get("sources") }

// Plain are texts in which Argo CD replaces nothing, and in which nobody means a $: names, addresses, where sources lie and
// where they go.
func (a Application) Plain() []object.Str {
	fields := []object.Field{
		a.metadata.Get("name"), a.metadata.Get("namespace"), a.spec.Get("project"),
		a.spec.Get("destination", "server"), a.spec.Get("destination", "name"), a.spec.Get("destination", "namespace"),
	}
	for _, s := range a.Sources() {
		fields = append(fields, s.Get("repoURL"), s.Get("path"), s.Get("chart"), s.Get("targetRevision"))
	}
	var all []object.Str
	for _, f := range fields {
		all = append(all, f.Str())
	}
	return all
}

// ApplicationSource is a source of an Application: what it renders.
type ApplicationSource struct{ object.Field }

// Ref is ref: the name, without $, by which values files of other sources are taken from here.
func (s ApplicationSource) Ref() object.Str { return s.Get("ref").Str() }

// HelmParameter is one element of helm.parameters or helm.fileParameters.
type HelmParameter struct{ object.Field }

// ParameterName is name: the path of the value that it sets.
func (p HelmParameter) ParameterName() object.Str { return p.Get("name").Str() }

// Value is value.
func (p HelmParameter) Value() object.Str { return p.Get("value").Str() }

// File is path, which one of helm.fileParameters has in the place of a value.
func (p HelmParameter) File() object.Str { return p.Get("path").Str() }

// ForceString is forceString: the value is a text, whatever it looks like.
func (p HelmParameter) ForceString() object.Flag { return p.Get("forceString").Flag() }

// ParameterList is helm.parameters itself.
func (s ApplicationSource) ParameterList() object.Field { return s.Get("helm", "parameters") }

// FileParameterList is helm.fileParameters itself.
func (s ApplicationSource) FileParameterList() object.Field { return s.Get("helm", "fileParameters") }

// HelmParameters are the elements of such a list.
func HelmParameters(list object.Field) []HelmParameter {
	var all []HelmParameter
	for _, f := range list.Items() {
		all = append(all, HelmParameter{f})
	}
	return all
}

// Expanded is a text of a source in which Argo CD replaces $NAME and ${NAME}.
type Expanded struct {
	object.Str
	// What names it in a message.
	What string
	// File says that it is a path that may begin with the ref of a source, Plugin that it is for a plugin.
	File, Plugin bool
}

// expandedTexts are where Argo CD replaces variables, with those of texts that have a name: %q is that.
//
// Source: the callers of Env.Envsubst in reposerver/repository/repository.go (helmTemplate, getResolvedValueFiles, makeJsonnetVM,
// getPluginParamEnvs) and util/kustomize/kustomize.go of argoproj/argo-cd, at 37ee0097cf (August 2026).
var expandedTexts = []struct {
	path, value, what string
	file, plugin      bool
}{
	{path: "helm.parameters[]", value: "value", what: "the value of parameter %q"},
	{path: "helm.valueFiles[]", what: "a path of valueFiles", file: true},
	{path: "helm.fileParameters[]", value: "path", what: "the path of file parameter %q", file: true},
	{path: "kustomize.images[]", what: "an image of kustomize"},
	{path: "directory.jsonnet.tlas[]", value: "value", what: "the value of top-level argument %q"},
	{path: "directory.jsonnet.extVars[]", value: "value", what: "the value of external variable %q"},
	{path: "plugin.env[]", value: "value", what: "the value of the plugin's variable %q", plugin: true},
}

// Expanded are the texts of a source in which Argo CD replaces variables.
func (s ApplicationSource) Expanded() []Expanded {
	var all []Expanded
	for _, t := range expandedTexts {
		for _, f := range s.Each(t.path) {
			what := t.what
			if t.value != "" {
				what, f = fmt.Sprintf(t.what, f.Get("name").Str().V), f.Get(t.value)
			}
			all = append(all, Expanded{f.Str(), what, t.file, t.plugin})
		}
	}
	for _, name := range []string{"commonLabels", "commonAnnotations"} {
		if name == "commonAnnotations" && !s.Get("kustomize", "commonAnnotationsEnvsubst").Flag().V {
			continue
		}
		for _, f := range s.Get("kustomize", name).Entries() {
			all = append(all, Expanded{f.Str(), fmt.Sprintf("%s %q", name, f.Name()), false, false})
		}
	}
	return all
}
