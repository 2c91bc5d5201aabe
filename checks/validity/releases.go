package validity

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/schema"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// webhookSince is the first release that certainly has all rules of schema.Admit about the fields that it has.
// Source: pkg/config/validation of istio/istio 1.20.0, 1.27.0 and HEAD, message by message: what HEAD has and 1.27 lacks
// is about fields that came later; 1.20 lacks some.
const webhookSince = "1.27"

// gatewayAPI is the release of the Gateway API that the schemas are of.
const gatewayAPI = "1.6"

// releasesOf are the releases of Istio for which objects are judged, newest first. Without a target it is those that are
// supported and the newest that the table has: what that one accepts is no error.
func releasesOf(mesh *checks.Mesh) []string {
	var all []string
	switch mesh.Istio {
	case "":
		all = checks.SupportedIstio()
		known := schema.Releases()
		if newest := known[len(known)-1]; checks.CompareVersions(newest, all[len(all)-1]) > 0 {
			all = append(all, newest)
		}
	case checks.AllIstio:
		all = schema.Releases()
	default:
		return []string{mesh.Istio}
	}
	slices.Reverse(all)
	return all
}

// beyond reports whether the target is newer than all that the table has: fields may have come.
func beyond(mesh *checks.Mesh) bool {
	known := schema.Releases()
	return mesh.Istio != "" && mesh.Istio != checks.AllIstio && checks.CompareVersions(mesh.Istio, known[len(known)-1]) > 0
}

// byRelease judges an object as each release does: what all of them refuse is an error, what some refuse a warning that
// names them.
func byRelease(s *schema.Schema, o *object.Object, mesh *checks.Mesh, targets []string) (v verdict, all schema.Result) {
	gateway := !strings.HasSuffix(o.Group(), ".istio.io")
	if gateway {
		targets = targets[:1] // its releases are not Istio's
	}
	type found struct {
		schema.Problem
		in []string
	}
	var problems []*found
	byKey := map[string]*found{}
	var r schema.Result
	for i, release := range targets {
		// What says the same of no problem need not be asked again.
		if i == 0 || len(r.Problems) > 0 || checks.CompareVersions(release, r.From) < 0 {
			r = s.Check(o, release)
		}
		for _, p := range r.Problems {
			what, _, _ := strings.Cut(p.Message, ", ") // limits and lists of values behind it change
			if p.Sort == schema.TooNew {               // the message names the release
				what = ""
			}
			key := fmt.Sprint(p.Field.Path(), p.Sort, what)
			if byKey[key] == nil {
				byKey[key] = &found{Problem: p}
				problems = append(problems, byKey[key])
			}
			byKey[key].in = append(byKey[key].in, release)
		}
		for _, f := range r.Undecided {
			v.addOpen(f)
		}
	}
	for _, f := range problems {
		severity := checks.Error
		switch {
		case gateway && !inEveryGatewayAPI(f.Problem):
			severity = checks.Warning
			f.Message += " (in the Gateway API " + gatewayAPI + ")"
		case !gateway && beyond(mesh):
			severity = checks.Warning
		case len(f.in) < len(targets):
			severity = checks.Warning
			if f.Sort != schema.TooNew {
				f.Message += " (" + inReleases(f.in) + ")"
			}
		}
		all.Problems = append(all.Problems, f.Problem)
		v.problems = append(v.problems, problem{f.Problem, severity, resultOf(f.Problem, o)})
	}
	return v, all
}

// inReleases names releases, which are there newest first.
func inReleases(in []string) string {
	if len(in) == 1 {
		return "in Istio " + in[0]
	}
	return "in Istio " + in[len(in)-1] + " to " + in[0]
}

// resultOf is what becomes of an object with a problem. A field that a CRD does not have is refused by kubectl since 1.25
// and by Helm 4, which ask the API server to be strict, and by server-side apply; Helm 3 does not ask, and the API server
// drops the field. Source: kubectl --validate; helm pkg/kube/client.go of v3.22.0 and v4.3.1.
func resultOf(p schema.Problem, o *object.Object) string {
	if p.Sort == schema.UnknownField || p.Sort == schema.TooNew && p.Field.OnKey() {
		return "kubectl refuses this " + o.Kind + ", and Helm 3 drops the field"
	}
	return "the API server refuses this " + o.Kind
}

// inEveryGatewayAPI reports whether all releases of the Gateway API refuse what the table's one, 1.6, refuses: which
// of them a cluster has is not known. Since 1.0 fields, values and rules came and limits changed; types did not, and of
// the members that must be set only these were optional. Source: the CRDs of v1.0.0 to v1.6.3.
func inEveryGatewayAPI(p schema.Problem) bool {
	return p.Sort == schema.WrongType || p.Sort == schema.Missing && !slices.Contains([]string{"spec", "backendRefs"}, p.Field.Name())
}

// webhookSeverity is how much it weighs that the webhook refuses something.
func webhookSeverity(mesh *checks.Mesh) checks.Severity {
	if !mesh.IstioFrom(webhookSince) || beyond(mesh) {
		return checks.Warning
	}
	return checks.Error
}

// unknownKinds reports the objects of a kind that their group does not have.
func unknownKinds(p *checks.Pass) {
	fine := broughtAlong(p)
	for _, o := range p.Objects() {
		name := o.Group() + "/" + o.Kind
		if !hasTable(o.Group()) || fine[name] {
			continue
		}
		meant, unknown := schema.Instead(o.Group(), o.Kind)
		if !unknown {
			fine[name] = true
			continue
		}
		apiVersion, kind := views.TypeOf(o)
		near := strings.EqualFold(meant.Kind, o.Kind)
		switch istio := strings.HasSuffix(o.Group(), ".istio.io"); {
		case kind.Unknown() || apiVersion.Unknown():
			p.Undecided(kind)
		case near && meant.Group != o.Group():
			p.Report(apiVersion, "apiVersion is %q, and %s has no kind %s: the API server refuses the object", o.APIVersion, o.Group(), o.Kind).
				WithAdvice("write apiVersion: %s/%s", meant.Group, newestVersion(meant))
		case istio || near:
			f := p.Report(kind, "kind is %q, and %s has no such kind: the API server refuses the object", o.Kind, o.Group())
			if meant.Kind != "" {
				f.WithAdvice("write kind: %s", meant.Kind)
			}
			if istio && beyond(p.Mesh) {
				f.WithSeverity(checks.Warning)
			}
		}
	}
}

// newestVersion is the version of a kind that one should write.
func newestVersion(k schema.Kind) string {
	best := ""
	for version := range k.Versions {
		if best == "" || len(version) < len(best) || len(version) == len(best) && version > best {
			best = version // v1 before v1beta1 before v1alpha3
		}
	}
	return best
}
