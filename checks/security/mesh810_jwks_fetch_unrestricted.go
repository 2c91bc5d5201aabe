package security

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// blockedCIDRs is istiod's setting. Source: istio/istio pilot/pkg/features/pilot.go, from
// 1.28.6 and 1.29.0; pkg/config/analysis/analyzers/authn/blockedcidrs.go.
const blockedCIDRs = "BLOCKED_CIDRS_IN_JWKS_URIS"

var jwksFetchUnrestricted = &checks.Check{
	ID: "MESH810", Name: "jwks-fetch-unrestricted", Severity: checks.Note,
	Summary: "istiod should not fetch keys from any address that a RequestAuthentication names",
	Advice:  "set " + blockedCIDRs + " on istiod to the networks that it must not ask, such as those of the cluster and of the cloud's metadata",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Since:   "1.28",
	Istio:   []string{"IST0175"},
	Run: func(p *checks.Pass) {
		fetched := fetchedKeys(p)
		if fetched.Object() == nil {
			return
		}
		for _, w := range p.Workloads() {
			if w.Kind != "Deployment" || w.Object.Label("app").V != "istiod" || !p.Decide(restricts(w).Not()) {
				continue
			}
			for _, c := range w.Containers() {
				if c.LongRunning() {
					p.Report(settingIn(c), "Deployment %q has no %s: istiod fetches keys from any address that a RequestAuthentication names, inside the cluster too", w.Name, blockedCIDRs).
						WithRelated(fetched, "a rule whose keys istiod fetches")
					break
				}
			}
		}
	},
}

// fetchedKeys is the first rule of a RequestAuthentication that does not have its keys itself;
// of no object where all do.
func fetchedKeys(p *checks.Pass) object.Field {
	for _, o := range p.ByKind(requestAuthentications.group, requestAuthentications.kind) {
		for _, rule := range views.AsRequestAuthentication(o).JWTRules() {
			if p.Decide(rule.JWKS().NotEmpty().Not()) {
				return rule.Field
			}
		}
	}
	return object.Field{}
}

// restricts reports whether istiod has the setting; what comes out of a ConfigMap may have it.
func restricts(w *object.Workload) object.Truth {
	set := object.No()
	for _, c := range w.Containers() {
		for _, e := range c.Env() {
			if e.VarName() == blockedCIDRs {
				fromElsewhere := !e.Value().Exists() && len(e.Entries()) > 1 // beside its name
				set = set.Or(e.Value().NotEmpty().Or(object.TruthOf(fromElsewhere)))
			}
		}
		for _, from := range c.EnvFrom() {
			set = set.Or(object.Undecided(from.Field))
		}
	}
	return set
}

// settingIn is where a container has the setting, or what has to have it.
func settingIn(c object.Container) object.Field {
	for _, e := range c.Env() {
		if e.VarName() == blockedCIDRs {
			return e.Field
		}
	}
	return c.Field
}
