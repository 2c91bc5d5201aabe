package views

import (
	"strconv"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// PeerAuthentication is the view of security.istio.io PeerAuthentication.
type PeerAuthentication struct{ *object.Object }

// AsPeerAuthentication returns the view of a PeerAuthentication.
func AsPeerAuthentication(o *object.Object) PeerAuthentication { return PeerAuthentication{o} }

// MatchLabels is spec.selector.matchLabels; empty for a policy of the whole namespace.
func (a PeerAuthentication) MatchLabels() object.Field {
	return a.Get("spec", "selector", "matchLabels")
}

// Mode is spec.mtls.mode: STRICT, PERMISSIVE, DISABLE or UNSET.
func (a PeerAuthentication) Mode() object.Str { return a.Get("spec", "mtls", "mode").Str() }

// PortMode is the mode of one container port.
func (a PeerAuthentication) PortMode(port int64) object.Str {
	return a.Get("spec", "portLevelMtls", strconv.FormatInt(port, 10), "mode").Str()
}

// PortList is spec.portLevelMtls, whose members have the numbers of container ports as their names.
func (a PeerAuthentication) PortList() object.Field { return a.Get("spec", "portLevelMtls") }
