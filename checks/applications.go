package checks

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

type applicationsKey struct{}

// Applications returns the workloads whose pods are in the mesh, certainly or by
// assumption, without Istio's own: its control plane and its gateways.
func (p *Pass) Applications() []*object.Workload {
	all := Once(p, applicationsKey{}, func() []*object.Workload {
		return slices.DeleteFunc(slices.Clone(p.Workloads()), func(w *object.Workload) bool { return p.ControlPlane(w.Object) || p.Gateway(w) })
	})
	// What is not known of an enrolment is an open question of each check that asks.
	var apps []*object.Workload
	for _, w := range all {
		if !p.Enrolled(w).Out() {
			apps = append(apps, w)
		}
	}
	return apps
}

// SidecarApplications returns the applications whose pods get a sidecar with Envoy, to which their traffic
// is redirected, certainly or by assumption.
func (p *Pass) SidecarApplications() []*object.Workload {
	var apps []*object.Workload
	for _, w := range p.Applications() {
		if p.Enrolled(w).Sidecar() && p.Decide(p.Proxyless(w).Not()) {
			apps = append(apps, w)
		}
	}
	return apps
}

// The templates of the injector for applications that are their own proxies, and the one with Envoy. Source: istio/istio
// manifests/charts/istio-control/istio-discovery/files/grpc-agent.yaml and grpc-simple.yaml of 1.11 to 1.32.
const (
	AgentTemplate   = "grpc-agent" // Istio's agent alone, with DISABLE_ENVOY
	simpleTemplate  = "grpc-simple"
	sidecarTemplate = "sidecar"
)

// Proxyless reports whether a workload's pods that are injected get no Envoy, since their applications speak xDS
// themselves by gRPC: nothing redirects their traffic, neither istio-init, which these templates lack, nor the CNI
// plugin. Source: istio/istio cni/pkg/plugin/plugin.go, "excluded due to DISABLE_ENVOY".
func (p *Pass) Proxyless(w *object.Workload) object.Truth {
	for _, c := range w.Containers() {
		if c.Name != ProxyName {
			continue
		}
		for _, env := range c.Env() {
			if env.VarName() == "DISABLE_ENVOY" && env.Value().V == "true" {
				return object.Yes() // in a manifest that has been through the injector
			}
		}
	}
	named := w.PodAnnotation(TemplatesKey)
	if mayHold(w.PodAnnotations(), TemplatesKey) {
		return object.No() // as enrolment takes what annotations may hold
	}
	return named.Matches(func(v string) bool {
		list := SplitList(v)
		return !slices.Contains(list, sidecarTemplate) && (slices.Contains(list, AgentTemplate) || slices.Contains(list, simpleTemplate))
	})
}

// CNI reports whether Istio's CNI plugin captures traffic, by the command line and the input.
// Where neither says anything, that is undecided for no value's sake, which is no question.
func (p *Pass) CNI() object.Truth {
	switches := append(p.InjectorValues("istio_cni", "enabled"), p.InjectorValues("pilot", "cni", "enabled")...)
	for _, o := range p.ByKind(views.Operators, "IstioOperator") {
		if s := views.AsOperator(o).CNI(); s.Exists() {
			switches = append(switches, s)
		}
	}
	on := object.TruthOf(p.Mesh.CNI)
	for _, s := range switches {
		on = on.Or(s.Flag().True())
	}
	for _, o := range p.ByKind("apps", "DaemonSet") {
		on = on.Or(object.TruthOf(o.Name == cniDaemonSet))
	}
	if on.False() && len(switches) == 0 {
		return object.Undecided(object.Field{})
	}
	return on
}

// cniDaemonSet is what the chart of the CNI plugin calls its agent. Source:
// istio/istio manifests/charts/istio-cni/templates/daemonset.yaml.
const cniDaemonSet = "istio-cni-node"

// ProxySettings are the settings of a pod's proxy that checks ask for. Source:
// istio/api mesh/v1alpha1/proxy.proto.
type ProxySettings struct {
	InterceptionMode string            `yaml:"interceptionMode"`
	StatusPort       *int64            `yaml:"statusPort"`
	ProxyMetadata    map[string]string `yaml:"proxyMetadata"`
	HoldApplication  *bool             `yaml:"holdApplicationUntilProxyStarts"`
	TerminationDrain string            `yaml:"terminationDrainDuration"`
}

// ProxyConfigKey is the annotation of pods with the settings of their proxy.
const ProxyConfigKey = "proxy.istio.io/config"

// ProxySettings reads the annotation ProxyConfigKey of a workload's pods;
// text that is no YAML sets nothing.
func (p *Pass) ProxySettings(w *object.Workload) ProxySettings {
	var s ProxySettings
	text := w.PodAnnotation(ProxyConfigKey)
	if text.Unknown() {
		p.Undecided(text)
		return s
	}
	if yaml.Unmarshal([]byte(text.V), &s) != nil {
		return ProxySettings{}
	}
	return s
}

// TextTree reads YAML or JSON text in a field as a tree, every value of which is at the place of the text; ok is false for
// text that is neither.
func TextTree(text object.Str) (tree *object.Node, ok bool) {
	var doc yaml.Node
	if yaml.Unmarshal([]byte(text.V), &doc) != nil {
		return nil, false
	}
	if len(doc.Content) == 0 {
		return &object.Node{Kind: object.Null, Ref: text.Node().Ref}, true
	}
	budget := maxTextNodes
	return textNode(doc.Content[0], text.Node().Ref, &budget), true
}

// InterceptionMode is how the traffic of a workload's pods gets to their proxy: REDIRECT, TPROXY or NONE, from their annotations or
// the mesh configuration of the input; missing where neither says it. What the annotation ProxyConfigKey says is at the annotation.
func (p *Pass) InterceptionMode(w *object.Workload) object.Str {
	if mode := w.PodAnnotation("sidecar.istio.io/interceptionMode"); mode.Exists() {
		return mode
	}
	if mode := p.ProxySettings(w).InterceptionMode; mode != "" {
		return object.Str{Field: w.PodAnnotation(ProxyConfigKey).Field, V: mode}
	}
	for _, mode := range p.MeshConfig("defaultConfig", "interceptionMode") {
		return mode.Str()
	}
	return object.Str{}
}

// CaptureByInit reports whether the injector puts istio-init, which needs NET_ADMIN and
// NET_RAW, into a workload's pods: unless nothing of their traffic is captured, or there is no Envoy.
// Source: istio/istio manifests/charts/istio-control/istio-discovery/files/
// injection-template.yaml.
func (p *Pass) CaptureByInit(w *object.Workload) object.Truth {
	return p.InterceptionMode(w).Is("NONE").Not().And(p.Proxyless(w).Not())
}
