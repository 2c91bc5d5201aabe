package security

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object/nearest"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var authorizationPolicyNamespaceNotFound = &checks.Check{
	ID: "MESH802", Name: "authorization-policy-namespace-not-found", Severity: checks.Note,
	Summary: "The namespaces that an AuthorizationPolicy names should exist",
	Advice:  "fix the name, or ignore the finding if the namespace is made elsewhere",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0101"},
	Absence: true,
	Run: func(p *checks.Pass) {
		if len(p.ByKind("", "Namespace")) == 0 {
			return // the input is not where namespaces are made
		}
		known := knownNamespaces(p)
		for _, o := range p.ByKind(authorizationPolicies.group, authorizationPolicies.kind) {
			for _, name := range namespacesIn(p, views.AsAuthorizationPolicy(o)) {
				switch unknown := unknownNamespace(p); {
				case name.Unknown():
					p.Undecided(name)
				case name.V == "" || matchesAny(name.V, known):
				case unknown.Unknown():
					p.Undecided(unknown)
				default:
					p.Report(name, "no namespace %q in the input%s: unless it is created elsewhere, no request comes from it",
						name.V, registry.DidYouMean(nearest.Name(name.V, known)))
				}
			}
		}
	},
}

// namespacesIn are the names of namespaces in the rules of a policy, patterns among them.
func namespacesIn(p *checks.Pass, policy views.AuthorizationPolicy) []object.Str {
	var all []object.Str
	add := func(list object.Field) {
		if list.Unknown() {
			p.Undecided(list)
		}
		for _, f := range list.Items() {
			all = append(all, f.Str())
		}
	}
	for _, rule := range rulesOf(p, policy) {
		for _, source := range rule.Sources() {
			for _, list := range source.Namespaces() {
				add(list)
			}
		}
		for _, c := range rule.Conditions() {
			if c.Key().V == "source.namespace" {
				add(c.Values())
				add(c.NotValues())
			}
		}
	}
	return all
}

// unknownNamespace is the name of a Namespace of the input that is not known; of no object
// where all are.
func unknownNamespace(p *checks.Pass) object.Field {
	for _, ns := range p.ByKind("", "Namespace") {
		if name := ns.NameField(); name.Unknown() {
			return name
		}
	}
	return object.Field{}
}

// alwaysThere are the namespaces of every cluster. Source: Kubernetes, "Namespaces".
var alwaysThere = []string{"default", "kube-system", "kube-public", "kube-node-lease"}

// knownNamespaces are those that the input makes or uses, sorted.
func knownNamespaces(p *checks.Pass) []string {
	names := map[string]bool{p.Mesh.SystemNamespace(): true, p.RootNamespace(): true}
	for _, name := range alwaysThere {
		names[name] = true
	}
	for name := range p.Mesh.NamespaceLabels {
		names[name] = true
	}
	for _, ns := range p.ByKind("", "Namespace") {
		names[ns.Name] = true
	}
	for _, o := range p.Objects() {
		if !o.ClusterWide() && o.NamespaceField().Known() {
			names[p.NamespaceOf(o)] = true
		}
	}
	var all []string
	for name := range names {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

// matchesAny compares as Istio's analyzer does: a pattern may start or end with a star.
func matchesAny(pattern string, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		if suffix, starts := strings.CutPrefix(pattern, "*"); starts {
			return strings.HasSuffix(name, suffix)
		}
		if prefix, ends := strings.CutSuffix(pattern, "*"); ends {
			return strings.HasPrefix(name, prefix)
		}
		return strings.EqualFold(name, pattern)
	})
}
