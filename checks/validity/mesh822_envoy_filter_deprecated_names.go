package validity

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// oldNamesUntil is the release since which Istio knows filters by their new names alone, and no types of Envoy's API v2.
// Source: istio/istio pilot/pkg/networking/core/v1alpha3/envoyfilter/listener_patch.go and pkg/config/xds, 1.18.0 and
// 1.19.0.
const oldNamesUntil = "1.19"

var envoyFilterDeprecatedNames = &checks.Check{
	ID: "MESH822", Name: "envoy-filter-deprecated-names", Severity: checks.Warning,
	Summary: "EnvoyFilters must call filters by their new names, and configure them by types of Envoy's API v3",
	Advice:  "write a type of Envoy's API v3",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0133", "IST0106"},
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(views.Networking, "EnvoyFilter") {
			for _, patch := range views.AsEnvoyFilter(o).Patches() {
				oldTypes(p, patch)
				if !forTarget(p, patch.ProxyVersion()) {
					continue
				}
				oldName(p, patch.Filter(), networkFilters)
				oldName(p, patch.SubFilter(), httpFilters)
				oldName(p, patch.ListenerFilter(), listenerFilters)
				untyped(p, patch)
			}
		}
	},
}

// forTarget reports whether a patch is for proxies of a release that the target means; many are for old ones alone.
func forTarget(p *checks.Pass, version object.Str) bool {
	form, err := regexp.Compile(version.V)
	if version.V == "" || err != nil {
		return true
	}
	for _, release := range releasesOf(p.Mesh) {
		for patch := range 10 {
			if form.MatchString(release + "." + strconv.Itoa(patch)) {
				return true
			}
		}
	}
	return false
}

// oldName reports a match by a name that no filter has any more.
func oldName(p *checks.Pass, name object.Str, renamed map[string]string) {
	if name.Unknown() {
		p.Undecided(name)
		return
	}
	now := renamed[name.V]
	if now == "" {
		return
	}
	does := "matches no filter since Istio " + oldNamesUntil
	if p.Mesh.IstioFrom(oldNamesUntil) {
		does = "matches no filter: the patch is not applied"
	}
	p.Report(name, "%q is a name that Envoy removed, and %s", name.V, does).WithAdvice("write %s", now)
}

// oldTypes reports types of Envoy's API v2. The webhook looks for the type of every @type, but in patches for waypoints.
func oldTypes(p *checks.Pass, patch views.EnvoyPatch) {
	types, unknown := views.EnvoyTypes(patch.Value())
	for _, f := range unknown {
		p.Undecided(f)
	}
	for _, typ := range types {
		if typ.Unknown() || !strings.Contains(typ.V, "/envoy.") || !strings.Contains(typ.V, ".v2.") {
			continue
		}
		f := p.Report(typ, "the type %q is of Envoy's API v2, which Istio has not known since %s", typ.V, oldNamesUntil)
		if p.Mesh.IstioFrom(oldNamesUntil) && p.Decide(patch.Context().Is("WAYPOINT").Not()) {
			f.WithSeverity(checks.Error)
			f.Message += "; Istio refuses this EnvoyFilter"
		}
	}
}

// untyped reports a filter that is added by its name alone: Envoy looks for no filter by its name any more.
func untyped(p *checks.Pass, patch views.EnvoyPatch) {
	filter := patch.ApplyTo().In("HTTP_FILTER", "NETWORK_FILTER")
	added := patch.Operation().In("ADD", "REPLACE", "INSERT_FIRST", "INSERT_BEFORE", "INSERT_AFTER")
	bare := object.Yes()
	for _, config := range patch.FilterConfig() {
		bare = bare.And(config.Written().Not())
	}
	if !p.Decide(filter.And(added).And(patch.ValueName().NotEmpty()).And(bare)) {
		return
	}
	p.Report(patch.ValueName(), "the filter %q has no typed_config: Envoy finds filters by the type of their configuration and refuses it", patch.ValueName().V).
		WithAdvice("add typed_config with its @type")
}
