package install

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
)

// servedVersion is a version of a kind of Istio's API, and the releases whose CRDs serve it.
type servedVersion struct {
	version string
	// since is the first release; empty for one before those that the suite knows.
	since string
	// gone is the first release without it; empty while Istio has it.
	gone string
}

// servedKinds are the kinds of Istio's API by group, and their versions from the newest to the oldest. Source:
// istio/istio manifests/charts/base/files/crd-all.gen.yaml of 1.6 to 1.31 (until 1.23 manifests/charts/base/crds);
// authentication.istio.io went with 1.6.
var servedKinds = map[string]map[string][]servedVersion{
	"networking.istio.io": {
		"VirtualService":  alphaBetaStable,
		"DestinationRule": alphaBetaStable,
		"Gateway":         alphaBetaStable,
		"ServiceEntry":    alphaBetaStable,
		"Sidecar":         alphaBetaStable,
		"WorkloadEntry":   alphaBetaStable,
		"WorkloadGroup":   {{"v1", "1.22", ""}, {"v1beta1", "1.13", ""}, {"v1alpha3", "1.8", ""}},
		"EnvoyFilter":     {{"v1alpha3", "", ""}},
		"ProxyConfig":     {{"v1beta1", "1.13", ""}},
	},
	"security.istio.io": {
		"AuthorizationPolicy":   {{"v1", "1.17", ""}, {"v1beta1", "", ""}},
		"RequestAuthentication": {{"v1", "1.17", ""}, {"v1beta1", "", ""}},
		"PeerAuthentication":    {{"v1", "1.22", ""}, {"v1beta1", "", ""}},
	},
	"telemetry.istio.io": {
		"Telemetry": {{"v1", "1.22", ""}, {"v1alpha1", "1.10", ""}},
	},
	"extensions.istio.io": {
		"WasmPlugin":       {{"v1alpha1", "1.12", ""}},
		"TrafficExtension": {{"v1alpha1", "1.30", ""}},
	},
	"rbac.istio.io": {
		"ClusterRbacConfig": rbacOfMixer, "RbacConfig": rbacOfMixer, "ServiceRole": rbacOfMixer, "ServiceRoleBinding": rbacOfMixer,
	},
	"config.istio.io": {
		"HTTPAPISpec": configOfMixer, "HTTPAPISpecBinding": configOfMixer, "QuotaSpec": configOfMixer, "QuotaSpecBinding": configOfMixer,
		"attributemanifest": configOfMixer, "handler": configOfMixer, "instance": configOfMixer, "rule": configOfMixer,
	},
	"authentication.istio.io": {
		"Policy": {{"v1alpha1", "", "1.6"}}, "MeshPolicy": {{"v1alpha1", "", "1.6"}},
	},
}

// Versions of several kinds. Source: that of servedKinds.
var (
	alphaBetaStable = []servedVersion{{"v1", "1.22", ""}, {"v1beta1", "", ""}, {"v1alpha3", "", ""}}
	rbacOfMixer     = []servedVersion{{"v1alpha1", "", "1.7"}}
	configOfMixer   = []servedVersion{{"v1alpha2", "", "1.8"}}
)

// instead is what took the place of the groups that are gone. Source: istio.io, the upgrade notes of 1.6 to 1.8 and "Security
// policy examples", which name them.
var instead = map[string]string{
	"rbac.istio.io":           "an AuthorizationPolicy (security.istio.io)",
	"config.istio.io":         "a WasmPlugin (extensions.istio.io) or Telemetry (telemetry.istio.io)",
	"authentication.istio.io": "a PeerAuthentication and a RequestAuthentication (security.istio.io)",
}

// in reports whether a release serves the version.
func (v servedVersion) in(release string) bool {
	return (v.since == "" || checks.CompareVersions(release, v.since) >= 0) &&
		(v.gone == "" || checks.CompareVersions(release, v.gone) < 0)
}

// lookUp finds what is known of an apiVersion and kind. kind is what Istio has or had of that name, and version the
// written one; both are empty where there is none.
func lookUp(apiVersion, kind string) (group string, versions []servedVersion, version servedVersion) {
	group, written, _ := strings.Cut(apiVersion, "/")
	versions = servedKinds[group][kind]
	for _, v := range versions {
		if v.version == written {
			return group, versions, v
		}
	}
	return group, versions, servedVersion{}
}

// best is the newest version that all releases of a mesh serve; empty where none is.
func best(m *checks.Mesh, versions []servedVersion) string {
	for _, v := range versions {
		if every(m, v.in) {
			return v.version
		}
	}
	return ""
}
