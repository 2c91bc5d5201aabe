package checks

import (
	"bytes"
	"path"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/checks/lazyregexp"
	"github.com/mesh-check/mesh-check/render/source"
)

// Mesh is the mesh and cluster that the objects are meant for, as far as the user
// given. The zero Mesh knows nothing: the supported Istio versions, sidecars.
type Mesh struct {
	// Istio is the target version as "1.27"; AllIstio: every known one; empty: those
	// of SupportedIstio.
	Istio string
	// Kubernetes is the target version as "1.34"; empty: the newest known.
	Kubernetes string
	// DataPlane is the data plane of workloads of which nothing else is known.
	DataPlane Mode
	// CNI says that Istio's CNI plugin sets up the pods' network.
	CNI bool
	// NativeSidecars is "auto", "on" or "off"; empty is auto.
	NativeSidecars string
	// IstioNamespace is where the control plane lies; empty: istio-system.
	IstioNamespace string
	// MTLSMode is the mesh-wide mode (STRICT, PERMISSIVE, DISABLE); empty: PERMISSIVE
	// unless the input has a mesh-wide PeerAuthentication.
	MTLSMode string
	// OutboundTrafficPolicy is ALLOW_ANY or REGISTRY_ONLY; empty: what the input says.
	OutboundTrafficPolicy string
	// PSPEnforced says that PodSecurityPolicies are enforced even if the input has none.
	PSPEnforced bool
	// IngressInMesh says that the ingress controllers of the cluster have sidecars.
	IngressInMesh bool
	// Platform is "openshift" or empty.
	Platform string
	// KnownHosts and KnownGateways exist in the cluster though the input lacks them.
	KnownHosts, KnownGateways []string
	// NamespaceLabels are labels of namespaces that the input does not have, by
	// namespace.
	NamespaceLabels map[string]map[string]string
}

// SystemNamespace is the namespace of the control plane.
func (m *Mesh) SystemNamespace() string {
	if m.IstioNamespace == "" {
		return "istio-system"
	}
	return m.IstioNamespace
}

// IstioBefore reports whether all targets are certainly older than version; it is false
// where no single one is set.
func (m *Mesh) IstioBefore(version string) bool {
	return m.Istio != "" && m.Istio != AllIstio && CompareVersions(m.Istio, version) < 0
}

// IstioFrom reports whether all targets are certainly version or newer.
func (m *Mesh) IstioFrom(version string) bool {
	switch m.Istio {
	case "":
		return CompareVersions(SupportedIstio()[0], version) >= 0
	case AllIstio:
		return CompareVersions(OldestIstio, version) >= 0
	}
	return CompareVersions(m.Istio, version) >= 0
}

// KubernetesBefore reports whether the target Kubernetes is certainly older than
// version; it is false where no target is set.
func (m *Mesh) KubernetesBefore(version string) bool {
	return m.Kubernetes != "" && CompareVersions(m.Kubernetes, version) < 0
}

// KubernetesFrom reports whether the target Kubernetes is version or newer; true where
// no target is set, which means the newest.
func (m *Mesh) KubernetesFrom(version string) bool {
	return m.Kubernetes == "" || CompareVersions(m.Kubernetes, version) >= 0
}

// CompareVersions compares dotted versions number by number ("1.9" < "1.27"); a
// leading v and what follows a hyphen or plus do not count.
func CompareVersions(a, b string) int {
	as, bs := versionParts(a), versionParts(b)
	for i := range max(len(as), len(bs)) {
		var x, y int
		if i < len(as) {
			x = as[i]
		}
		if i < len(bs) {
			y = bs[i]
		}
		if x != y {
			return x - y
		}
	}
	return 0
}

func versionParts(v string) []int {
	v = strings.TrimPrefix(v, "v")
	if i := strings.IndexAny(v, "-+"); i >= 0 {
		v = v[:i]
	}
	var parts []int
	for _, p := range strings.Split(v, ".") {
		n, _ := strconv.Atoi(p)
		parts = append(parts, n)
	}
	return parts
}

// The versions that native sidecars need. Source: istio/istio: ENABLE_NATIVE_SIDECARS is
// there from 1.19; Kubernetes restarts init containers from 1.28 (KEP-753).
const (
	nativeSince      = "1.19"
	nativeKubernetes = "1.28"
)

// NativeAutoSince is the release from which sidecars are native ones by themselves, and NativeAutoKubernetes the version
// that every node needs for it. Source: istio/istio pilot/pkg/features: ENABLE_NATIVE_SIDECARS is auto from 1.27;
// pkg/kube/inject/webhook.go DetectNativeSidecar.
const (
	NativeAutoSince      = "1.27"
	NativeAutoKubernetes = "1.33"
)

// IdleNativeSidecars says why it has no effect that native sidecars are on, in one line
// without a final stop; empty where they are not on, or where it has.
func (m *Mesh) IdleNativeSidecars() string {
	if why := m.NoNativeSidecars(); why != "" && m.NativeSidecars == "on" {
		return "native-sidecars on has no effect: " + why
	}
	return ""
}

// NoNativeSidecars says which version of the mesh rules native sidecars out; empty:
// none does.
func (m *Mesh) NoNativeSidecars() string {
	switch {
	case m.IstioBefore(nativeSince):
		return "Istio " + m.Istio + " has no native sidecars; " + nativeSince + " and newer do"
	case m.KubernetesBefore(nativeKubernetes):
		return "Kubernetes " + m.Kubernetes + " has no native sidecars; " + nativeKubernetes + " and newer do"
	}
	return ""
}

// ChosenByCluster reports whether a template may choose an API version by what the cluster serves: the one that is
// rendered without a cluster is then not the one that is installed.
func ChosenByCluster(at Located) bool {
	origin := at.Where().Origin()
	if asksCluster(origin.Span) {
		return true
	}
	for _, step := range origin.Trace {
		if (step.Role == source.Include || step.Role == source.Template) && asksCluster(step.Span) {
			return true
		}
	}
	return false
}

// Defines of a file of helpers, and what they include: by a name, or by an expression that gives one.
var (
	aDefine    = lazyregexp.New(`\{\{-?\s*define\s+"([^"]*)"`)
	aComment   = lazyregexp.New(`(?s)\{\{-?\s*/\*.*?\*/\s*-?\}\}`)
	anIncluded = lazyregexp.New(`\b(?:include|template)\s+(?:"([^"]*)")?`)
)

// asksCluster reports whether the templates of a file that decide what is at a place may ask what the cluster
// serves. In a template that makes objects, any line may be around the place. A file of helpers, whose name starts
// with _, has nothing but defines: the one around the place counts, and what it includes of the same file.
func asksCluster(at source.Span) bool {
	asks := func(text []byte) bool { return bytes.Contains(text, []byte("Capabilities.APIVersions")) }
	if at.File == nil || !asks(at.File.Data) {
		return false
	}
	if !strings.HasPrefix(path.Base(at.File.Path), "_") {
		return true
	}
	texts := map[string][]byte{}
	var around string
	starts := aDefine().FindAllSubmatchIndex(at.File.Data, -1)
	for i, m := range starts {
		end := len(at.File.Data)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		name := string(at.File.Data[m[2]:m[3]])
		text := aComment().ReplaceAll(at.File.Data[m[0]:end], nil)
		texts[name] = append(texts[name], text...) // Helm takes one of those of the same name
		if m[0] <= at.Start && at.Start < end {
			around = name
		}
	}
	for names := []string{around}; len(names) > 0; names = names[1:] {
		text, here := texts[names[0]]
		delete(texts, names[0])
		if names[0] == "" || asks(text) {
			return true // the name of what may ask is not known, or it does
		}
		if !here {
			continue // seen before, or of another file
		}
		for _, m := range anIncluded().FindAllSubmatch(text, -1) {
			names = append(names, string(m[1]))
		}
	}
	return false
}
