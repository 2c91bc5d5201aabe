package install

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object/nearest"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var istioOperatorDeprecatedSettings = &checks.Check{
	ID: "MESH955", Name: "istio-operator-deprecated-settings", Severity: checks.Warning,
	Summary: "An IstioOperator may only have the settings and profiles that istioctl knows",
	Advice:  "write what took the place of the setting",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		refused := every(p.Mesh, func(release string) bool { return checks.CompareVersions(release, keysRefused) >= 0 })
		for _, o := range p.ByKind(views.Operators, "IstioOperator") {
			operator := views.AsOperator(o)
			for _, part := range []object.Field{operator.Spec(), operator.Components(), operator.Values()} {
				if part.Unknown() {
					p.Undecided(part)
				}
			}
			said := movedInOperator(p, operator.Spec(), refused)
			if refused {
				unknownKeys(p, "", operator.Spec(), said)
				unknownKeys(p, "components", operator.Components(), said)
				unknownKeys(p, "values", operator.Values(), said)
			}
			unknownProfile(p, operator.Profile())
			rev := operator.Revision()
			if p.Decide(rev.Matches(func(v string) bool { return v != "" && !dnsLabel(v) })) {
				p.Report(rev, "revision %q is not a valid DNS label: istioctl refuses it, since it becomes part of names", rev.V).WithSeverity(checks.Error).
					WithAdvice("use lower-case letters, digits and hyphens: 1-30-2")
			}
		}
	},
}

// dnsLabel reports whether a text is a valid DNS label as Kubernetes has them (RFC 1123).
func dnsLabel(text string) bool {
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789"
	return len(text) <= 63 && strings.Trim(text, letters+"-") == "" && strings.Trim(text[:1]+text[len(text)-1:], letters) == ""
}

// movedInOperator reports settings that others replaced, and returns their paths below spec.
func movedInOperator(p *checks.Pass, spec object.Field, refused bool) map[string]bool {
	said := map[string]bool{}
	for _, m := range movedSettings {
		f := views.Setting(spec, m.path)
		if f.Unknown() || !f.Exists() {
			continue // what is below a value that is not known may be missing
		}
		if !refused && (m.off != "" && f.Str().V == m.off || views.Setting(f, "enabled").Str().V == "false") {
			continue
		}
		said[m.path] = true
		if refused {
			p.Report(f.AtKey(), "%s is not known to istioctl since %s, which refuses the file", m.path, keysRefused).WithSeverity(checks.Error).WithAdvice("%s", m.use)
			continue
		}
		p.Report(f.AtKey(), "%s is deprecated, and istioctl refuses the file from %s on", m.path, keysRefused).WithAdvice("%s", m.use)
	}
	return said
}

// unknownKeys reports the keys of a mapping that istioctl does not know; it does not look at the case of those
// outside the values.
func unknownKeys(p *checks.Pass, place string, in object.Field, said map[string]bool) {
	known := operatorKeys[place]
	for _, f := range in.Entries() {
		path := strings.TrimPrefix(place+"."+f.Name(), ".")
		if said[path] || isOneOf(f.Name(), known, place != "values") {
			continue
		}
		p.Report(f.AtKey(), "%s is not known to istioctl, which refuses the file%s", path, registry.DidYouMean(nearest.Name(f.Name(), known))).
			WithSeverity(checks.Error).WithAdvice("remove it, or write a key that istioctl knows")
	}
}

func isOneOf(name string, known []string, anyCase bool) bool {
	for _, k := range known {
		if k == name || anyCase && strings.EqualFold(k, name) {
			return true
		}
	}
	return false
}

// unknownProfile reports a profile that the target releases do not have. A path is a file of one's own.
func unknownProfile(p *checks.Pass, at object.Str) {
	var names []string
	for _, pr := range profiles {
		if !every(p.Mesh, func(release string) bool { return !pr.in(release) }) && !slices.Contains(names, pr.name) {
			names = append(names, pr.name)
		}
	}
	unknown := at.Matches(func(v string) bool {
		return v != "" && !strings.ContainsAny(v, "/\\.") && !isOneOf(v, names, false)
	})
	if p.Decide(unknown) {
		p.Report(at, "no profile %q comes with %s%s: istioctl stops unless it is given manifests of your own", at.V, p.Mesh.Target(), registry.DidYouMean(nearest.Name(at.V, names))).
			WithAdvice("choose one of: %s", strings.Join(names, ", "))
	}
}

// in reports whether a release has the profile.
func (pr profile) in(release string) bool {
	return (pr.since == "" || checks.CompareVersions(release, pr.since) >= 0) && (pr.gone == "" || checks.CompareVersions(release, pr.gone) < 0)
}
