package checks

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
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
// flag says which flag for the same says otherwise, and that it wins; empty where none does. Source: istio/api
// mesh/v1alpha1/config.proto and proxy.proto; istio/istio manifests/charts/istio-control/istio-discovery/values.yaml (1.31).
var meshFacts = []struct {
	path   []string
	values bool
	flag   func(m *Mesh, value string) string
}{
	{path: []string{"outboundTrafficPolicy", "mode"}, flag: wins("--outbound-traffic-policy", func(m *Mesh) string { return m.OutboundTrafficPolicy })},
	{path: []string{"rootNamespace"}},
	{path: []string{"enableAutoMtls"}},
	{path: []string{"trustDomain"}},
	{path: []string{"protocolDetectionTimeout"}},
	{path: []string{"defaultConfig", "interceptionMode"}},
	{path: []string{"defaultConfig", "holdApplicationUntilProxyStarts"}},
	{path: []string{"defaultConfig", "proxyMetadata", "ISTIO_META_DNS_CAPTURE"}},
	{path: []string{"global", "proxy", "clusterDomain"}, values: true},
	{path: []string{"global", "proxy", "autoInject"}, values: true},
	{path: []string{"global", "istioNamespace"}, values: true, flag: wins("--istio-namespace", func(m *Mesh) string {
		if m.SystemNamespace() == defaultIstioNamespace {
			return "" // as without the flag
		}
		return m.IstioNamespace
	})},
	{path: []string{"global", "platform"}, values: true, flag: wins("--platform", func(m *Mesh) string { return m.Platform })},
	{path: []string{"global", "tag"}, values: true, flag: versionWins},
	{path: []string{"istio_cni", "enabled"}, values: true, flag: cniWins},
	{path: []string{"pilot", "cni", "enabled"}, values: true, flag: cniWins},
	{path: []string{"pilot", "env", "ENABLE_EXTERNAL_NAME_ALIAS"}, values: true},
	{path: []string{"pilot", "env", "PILOT_ENABLE_EDS_FOR_HEADLESS_SERVICES"}, values: true},
	{path: []string{"sidecarInjectorWebhook", "enableNamespacesByDefault"}, values: true},
}

// wins is what a note says of a setting where a flag has another value.
func wins(flag string, of func(*Mesh) string) func(*Mesh, string) string {
	return func(m *Mesh, value string) string {
		if v := of(m); v != "" && !strings.EqualFold(v, value) {
			return flag + " " + v + " wins"
		}
		return ""
	}
}

// cniWins is the same for a flag that can only turn the plugin on.
func cniWins(m *Mesh, value string) string {
	if on, err := strconv.ParseBool(value); m.CNI && err == nil && !on {
		return "--cni wins"
	}
	return ""
}

// versionWins compares the tag of Istio's images with the target.
func versionWins(m *Mesh, tag string) string {
	parts := versionParts(tag)
	if len(parts) < 2 || parts[0] != 1 {
		return "" // the name of a build
	}
	version := fmt.Sprintf("1.%d", parts[1])
	switch {
	case m.Istio == AllIstio || m.Istio == version || m.Istio == "" && slices.Contains(SupportedIstio(), version):
		return ""
	case m.Istio == "":
		return "the checks are for " + m.Target() + ", as --istio-version is not given"
	}
	return "--istio-version " + m.Istio + " wins"
}

// maxMeshValue is how many bytes a setting of the mesh has at most: a domain, the longest of them, has 253.
const maxMeshValue = 253

// meshNotes say, a line each, which settings of the mesh the input has, where, and which of them a flag overrides.
func (f *facts) meshNotes() []string {
	var notes []string
	add := func(setting string, at object.Field, flag func(*Mesh, string) string) {
		value := at.Str().V
		if value == "" || len(value) > maxMeshValue {
			return // no mesh can have it
		}
		note := fmt.Sprintf("%s of the mesh is %q, set at %s", setting, value, at.Origin().Span)
		if flag != nil {
			if told := flag(f.flags, value); told != "" {
				note += "; " + told
			}
		}
		notes = append(notes, note)
	}
	for _, fact := range meshFacts {
		roots := f.meshConfigs()
		if fact.values {
			roots = f.injectors()
		}
		for _, at := range below(roots, fact.path) {
			add(strings.Join(fact.path, "."), at, fact.flag)
		}
	}
	for _, o := range f.set.ByKind(views.Operators, "IstioOperator") {
		add("components.cni.enabled", views.AsOperator(o).CNI(), cniWins)
		add("tag", views.AsOperator(o).Tag().Field, versionWins)
	}
	for _, at := range f.pilotEnv(nativeSwitch) {
		add(nativeSwitch, at, wins("--native-sidecars", func(m *Mesh) string {
			word := map[string]string{"on": "true", "off": "false"}[m.NativeSidecars]
			if word == "" || strings.EqualFold(word, at.Str().V) {
				return ""
			}
			return m.NativeSidecars
		}))
	}
	p := newPass(&Check{}, f)
	for _, o := range f.set.ByKind(views.Security, "PeerAuthentication") {
		policy := views.AsPeerAuthentication(o)
		if f.set.NamespaceOf(o) == p.RootNamespace() && policy.MatchLabels().Known() && len(policy.MatchLabels().Entries()) == 0 {
			add("the mutual TLS mode", policy.Mode().Field, wins("--mtls-mode", func(m *Mesh) string { return m.MTLSMode }))
		}
	}
	return append(notes, f.namespaceNotes()...)
}

// namespaceNotes say which labels of namespaces that a flag gives count for nothing, as the input has the namespace.
func (f *facts) namespaceNotes() []string {
	var notes []string
	for _, name := range slices.Sorted(maps.Keys(f.flags.NamespaceLabels)) {
		o := f.set.Namespace(name)
		if o == nil {
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(f.flags.NamespaceLabels[name])) {
			if label := o.Label(key); label.Known() && label.V != f.flags.NamespaceLabels[name][key] {
				notes = append(notes, fmt.Sprintf("namespace %q is part of the input, at %s; its labels win over --namespace-labels, which says %s=%s",
					name, o.NameField().Origin().Span, key, f.flags.NamespaceLabels[name][key]))
			}
		}
	}
	return notes
}

const (
	defaultIstioNamespace = "istio-system"
	// nativeSwitch is true, false or auto. Source: istio/istio pilot/pkg/features, 1.19 .. 1.32; auto is there from 1.27.
	nativeSwitch = "ENABLE_NATIVE_SIDECARS"
)

// withInput is a mesh as flags give it, completed by what the input says where no flag does.
func (f *facts) withInput(flags *Mesh) *Mesh {
	if flags == nil {
		return nil
	}
	m := *flags
	if ns := first(f.injectors(), "global", "istioNamespace"); ns != "" && m.SystemNamespace() == defaultIstioNamespace {
		m.IstioNamespace = ns
	}
	if m.Platform == "" && first(f.injectors(), "global", "platform") == "openshift" {
		m.Platform = "openshift"
	}
	if m.NativeSidecars == "" || m.NativeSidecars == "auto" {
		for _, at := range f.pilotEnv(nativeSwitch) {
			if on, err := strconv.ParseBool(at.Str().V); err == nil {
				m.NativeSidecars = map[bool]string{true: "on", false: "off"}[on]
			}
		}
	}
	return &m
}

// first is the first known text at a path below some fields.
func first(roots []object.Field, path ...string) string {
	for _, at := range below(roots, path) {
		if v := at.Str().V; v != "" {
			return v
		}
	}
	return ""
}

// istiodContainer is the container of istiod's pods that reads its environment. Source: istio/istio
// manifests/charts/istio-control/istio-discovery/templates/deployment.yaml, 1.7 .. 1.32.
const istiodContainer = "discovery"

// PilotEnv returns the values that the input gives to an environment variable of istiod: by the values of Istio's charts
// (pilot.env), by an IstioOperator (spec.components.pilot.k8s.env), or in istiod's Deployment itself.
func (p *Pass) PilotEnv(name string) []object.Field { return p.facts.pilotEnv(name) }

func (f *facts) pilotEnv(name string) []object.Field {
	found := below(f.injectors(), []string{"pilot", "env", name})
	for _, o := range f.set.ByKind(views.Operators, "IstioOperator") {
		found = append(found, views.AsOperator(o).PilotEnv(name)...)
	}
	for _, w := range f.set.Workloads() {
		if !strings.HasPrefix(w.Name, "istiod") {
			continue
		}
		for _, c := range w.Containers() {
			if c.Name != istiodContainer {
				continue
			}
			for _, env := range c.Env() {
				if env.VarName() == name {
					found = append(found, env.Value().Field)
				}
			}
		}
	}
	return found
}

// PilotSwitch reports whether an environment variable of istiod that is true or false is on: as the input says, else as
// Istio has it. Source: istio/istio pkg/env, RegisterBoolVar, which reads what strconv.ParseBool does.
func (p *Pass) PilotSwitch(name string, otherwise bool) object.Truth {
	for _, f := range p.PilotEnv(name) {
		if f.Unknown() {
			return object.Undecided(f)
		}
		if on, err := strconv.ParseBool(f.Str().V); err == nil {
			return object.TruthOf(on)
		}
	}
	return object.TruthOf(otherwise)
}
