package install

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var removedIstioAPI = &checks.Check{
	ID: "MESH950", Name: "removed-istio-api", Severity: checks.Error,
	Summary: "Resources of Istio must be written in an API version that the target release serves",
	Advice:  "write the resource in an API version that the target release serves",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0002"},
	Run: func(p *checks.Pass) {
		for _, o := range p.Objects() {
			group, versions, version := lookUp(o.APIVersion, o.Kind)
			if len(versions) == 0 || !every(p.Mesh, func(release string) bool { return !version.served(release) }) || !p.Decide(defined(p, group, o.Kind).Not()) ||
				checks.ChosenByCluster(views.APIVersion(o)) {
				continue
			}
			at := views.APIVersion(o)
			switch other := best(p.Mesh, versions); {
			case instead[group] != "":
				p.Report(at, "%s %s is gone since Istio %s: the API server does not know the kind and refuses the object", o.APIVersion, o.Kind, versions[0].gone).
					WithAdvice("replace it with %s", instead[group])
			case version.version != "" && other != "":
				p.Report(at, "%s %s is served from Istio %s on, and the target is %s: the API server refuses the object", o.APIVersion, o.Kind, version.since, p.Mesh.Target()).
					WithAdvice("write %s/%s", group, other)
			case other != "":
				p.Report(at, "no release of Istio serves %s %s: the API server refuses the object", o.APIVersion, o.Kind).
					WithAdvice("write %s/%s", group, other)
			default:
				p.Report(at, "Istio has the kind %s from %s on, and the target is %s: the API server refuses the object", o.Kind, first(versions), p.Mesh.Target()).
					WithAdvice("remove the object, or upgrade Istio to %s", first(versions))
			}
		}
	},
}

// served reports whether a release serves a version; one that is not in the table is served by none.
func (v servedVersion) served(release string) bool { return v.version != "" && v.in(release) }

// first is the release in which a kind appeared.
func first(versions []servedVersion) string { return versions[len(versions)-1].since }

type definedKey struct{}

// definitions are the kinds that CustomResourceDefinitions of the input define, and a definition of which the
// kind is not known.
type definitions struct {
	kinds map[string]bool
	doubt object.Truth
}

// defined reports whether the input installs the CRD of a kind: then it is no matter what Istio's own serve.
func defined(p *checks.Pass, group, kind string) object.Truth {
	d := checks.Once(p, definedKey{}, func() definitions {
		d := definitions{kinds: map[string]bool{}}
		for _, crd := range views.Definitions(p.Set) {
			g, k := crd.DefinedGroup(), crd.DefinedKind()
			if g.Unknown() || k.Unknown() {
				if t := g.NotEmpty().And(k.NotEmpty()); !t.False() && (g.Unknown() || strings.HasSuffix(g.V, "istio.io")) {
					d.doubt = t
				}
				continue
			}
			d.kinds[k.V+"."+g.V] = true
		}
		return d
	})
	return d.doubt.Or(object.TruthOf(d.kinds[kind+"."+group]))
}
