package checks

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// RootNamespace is the namespace whose policies hold for the whole mesh: what a mesh configuration in the input says,
// else Istio's own. Source: istio/api mesh/v1alpha1 MeshConfig.rootNamespace.
func (p *Pass) RootNamespace() string {
	for _, f := range p.MeshConfig("rootNamespace") {
		if v := f.Str().V; v != "" {
			return v
		}
	}
	return p.Mesh.SystemNamespace()
}

// meshFacts are the settings of a mesh that checks take from the input: of MeshConfig, and of the values of Istio's charts.
// flag is the name of the flag for the same, which wins, and what it says.
var meshFacts = []struct {
	path   []string
	values bool
	flag   func(*Mesh) (name, value string)
}{
	{path: []string{"outboundTrafficPolicy", "mode"}, flag: func(m *Mesh) (string, string) {
		return "--outbound-traffic-policy", m.OutboundTrafficPolicy
	}},
	{path: []string{"rootNamespace"}},
	{path: []string{"enableAutoMtls"}},
	{path: []string{"trustDomain"}},
	{path: []string{"protocolDetectionTimeout"}},
	{path: []string{"defaultConfig", "interceptionMode"}},
	{path: []string{"defaultConfig", "holdApplicationUntilProxyStarts"}},
	{path: []string{"global", "proxy", "clusterDomain"}, values: true},
	{path: []string{"istio_cni", "enabled"}, values: true},
	{path: []string{"pilot", "cni", "enabled"}, values: true},
	{path: []string{"pilot", "env", "ENABLE_EXTERNAL_NAME_ALIAS"}, values: true},
	{path: []string{"pilot", "env", "PILOT_ENABLE_EDS_FOR_HEADLESS_SERVICES"}, values: true},
	{path: []string{"sidecarInjectorWebhook", "enableNamespacesByDefault"}, values: true},
}

// maxMeshValue is how many bytes a setting of the mesh has at most: a domain, the longest of them, has 253.
const maxMeshValue = 253

// meshNotes say, a line each, which settings of the mesh the input has, where, and which of them a flag overrides.
func (f *facts) meshNotes() []string {
	var notes []string
	add := func(setting string, at object.Field, name, flag string) {
		value := at.Str().V
		if value == "" || len(value) > maxMeshValue {
			return // no mesh can have it
		}
		note := fmt.Sprintf("%s of the mesh is %q, set at %s", setting, value, at.Origin().Span)
		if flag != "" && !strings.EqualFold(flag, value) {
			note += fmt.Sprintf("; %s %s wins", name, flag)
		}
		notes = append(notes, note)
	}
	for _, fact := range meshFacts {
		roots := f.meshConfigs()
		if fact.values {
			roots = f.injectors()
		}
		name, flag := "", ""
		if fact.flag != nil {
			name, flag = fact.flag(f.mesh)
		}
		for _, at := range below(roots, fact.path) {
			add(strings.Join(fact.path, "."), at, name, flag)
		}
	}
	p := newPass(&Check{}, f)
	for _, o := range f.set.ByKind(views.Security, "PeerAuthentication") {
		policy := views.AsPeerAuthentication(o)
		if f.set.NamespaceOf(o) == p.RootNamespace() && policy.MatchLabels().Known() && len(policy.MatchLabels().Entries()) == 0 {
			add("the mutual TLS mode", policy.Mode().Field, "--mtls-mode", f.mesh.MTLSMode)
		}
	}
	return notes
}
