package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
)

// The Istio versions (1.N) for which the suite knows requirements; CATALOGUE of
// checks: Since and Until.
const (
	oldestIstio = 7
	newestIstio = 31
)

// meshFlags say what mesh and cluster the objects are meant for.
type meshFlags struct {
	istio, dataPlane, native, namespace, mtls, outbound, platform string
	cni, psp                                                      bool
	hosts, gateways, labels                                       []string
}

func (f *meshFlags) group() group {
	g := newGroup("The mesh")
	fs := g.flags
	fs.StringVar(&f.istio, "istio-version", "", fmt.Sprintf("target Istio `version`, 1.%d to 1.%d (default the requirements of all)", oldestIstio, newestIstio))
	fs.StringVar(&f.dataPlane, "data-plane", "", "data plane of workloads that say nothing else: `MODE` sidecar or ambient")
	fs.BoolVar(&f.cni, "cni", false, "Istio's CNI plugin sets up the pods' network")
	fs.StringVar(&f.native, "native-sidecars", "auto", "`auto|on|off`: sidecars are restartable init containers")
	fs.StringVar(&f.namespace, "istio-namespace", "istio-system", "`namespace` of the control plane")
	fs.StringVar(&f.mtls, "mtls-mode", "", "mesh-wide `MODE` (STRICT, PERMISSIVE, DISABLE; default what the input says, else PERMISSIVE)")
	fs.StringVar(&f.outbound, "outbound-traffic-policy", "", "mesh-wide `POLICY` (ALLOW_ANY, REGISTRY_ONLY; default what the input says)")
	fs.BoolVar(&f.psp, "psp-enforced", false, "PodSecurityPolicies are enforced even if the input has none")
	fs.StringVar(&f.platform, "platform", "", "`PLATFORM` of the cluster (openshift)")
	fs.StringSliceVar(&f.hosts, "known-host", nil, "`host` that exists though the input lacks it")
	fs.StringSliceVar(&f.gateways, "known-gateway", nil, "`namespace/name` of a Gateway that exists though the input lacks it")
	fs.StringArrayVar(&f.labels, "namespace-labels", nil, "`LABELS` of a namespace that the input lacks, as NAMESPACE=key=value[,key=value]")
	return g
}

// mesh checks the flags and makes a Mesh of them.
func (f *meshFlags) mesh(kubeVersion string) (*checks.Mesh, error) {
	istio, err := istioVersion(f.istio)
	if err != nil {
		return nil, err
	}
	for _, c := range []struct {
		flag  string
		value *string
		of    []string
	}{
		{"data-plane", &f.dataPlane, []string{"", "sidecar", "ambient"}},
		{"native-sidecars", &f.native, []string{"auto", "on", "off"}},
		{"mtls-mode", &f.mtls, []string{"", "STRICT", "PERMISSIVE", "DISABLE"}},
		{"outbound-traffic-policy", &f.outbound, []string{"", "ALLOW_ANY", "REGISTRY_ONLY"}},
		{"platform", &f.platform, []string{"", "openshift"}},
	} {
		if err := oneOf(c.flag, c.value, c.of...); err != nil {
			return nil, err
		}
	}
	labels, err := namespaceLabels(f.labels)
	if err != nil {
		return nil, err
	}
	return &checks.Mesh{
		Istio: istio, Kubernetes: minor(kubeVersion), DataPlane: checks.Mode(f.dataPlane), CNI: f.cni,
		NativeSidecars: f.native, IstioNamespace: f.namespace, MTLSMode: f.mtls,
		OutboundTrafficPolicy: f.outbound, PSPEnforced: f.psp, Platform: f.platform,
		KnownHosts: f.hosts, KnownGateways: f.gateways, NamespaceLabels: labels,
	}, nil
}

// oneOf checks that a flag has one of some values, in any case, and spells it so.
func oneOf(flag string, value *string, of ...string) error {
	i := slices.IndexFunc(of, func(v string) bool { return strings.EqualFold(v, *value) })
	if i < 0 {
		return fmt.Errorf("--%s %s: must be one of %s", flag, oneLine(*value), strings.TrimPrefix(strings.Join(of, ", "), ", "))
	}
	*value = of[i]
	return nil
}

// istioVersion is "1.27" of v1.27.3; empty stays empty.
func istioVersion(v string) (string, error) {
	if v == "" {
		return "", nil
	}
	short := minor(v)
	n, err := strconv.Atoi(strings.TrimPrefix(short, "1."))
	if err != nil || !strings.HasPrefix(short, "1.") || n < oldestIstio || n > newestIstio {
		return "", fmt.Errorf("--istio-version %s: must be 1.%d to 1.%d", oneLine(v), oldestIstio, newestIstio)
	}
	return short, nil
}

// minor is "1.27" of "v1.27.3-gke.1"; what is no version stays as it is.
func minor(v string) string {
	parts := strings.SplitN(strings.TrimPrefix(v, "v"), ".", 3)
	if len(parts) < 2 {
		return v
	}
	return parts[0] + "." + strings.TrimRight(parts[1], "+")
}

// namespaceLabels reads NAMESPACE=key=value[,key=value].
func namespaceLabels(flags []string) (map[string]map[string]string, error) {
	all := map[string]map[string]string{}
	for _, flag := range flags {
		namespace, pairs, ok := strings.Cut(flag, "=")
		if !ok || namespace == "" || pairs == "" {
			return nil, fmt.Errorf("--namespace-labels %s: must be NAMESPACE=key=value[,key=value]", oneLine(flag))
		}
		if all[namespace] == nil {
			all[namespace] = map[string]string{}
		}
		for _, pair := range strings.Split(pairs, ",") {
			key, value, ok := strings.Cut(pair, "=")
			if !ok || key == "" {
				return nil, fmt.Errorf("--namespace-labels %s: %s is no key=value", oneLine(flag), oneLine(pair))
			}
			all[namespace][key] = value
		}
	}
	return all, nil
}
