package checks

// The versions that native sidecars need. Source: istio/istio: ENABLE_NATIVE_SIDECARS is
// there from 1.19; Kubernetes restarts init containers from 1.28 (KEP-753).
const (
	nativeSince      = "1.19"
	nativeKubernetes = "1.28"
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
