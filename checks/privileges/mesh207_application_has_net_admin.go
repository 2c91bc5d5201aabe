package privileges

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// applicationHasNetAdmin finds containers that can undo what istio-init or the CNI plugin sets up. Source: Istio's documentation,
// "Security Best Practices", Understand traffic capture limitations: an attacker with NET_ADMIN bypasses the sidecar. Processes of
// other users than root do not have what a container adds, unless their file has it: Kubernetes sets no ambient capabilities
// (kubernetes/enhancements KEP-2763).
var applicationHasNetAdmin = &checks.Check{
	ID: "MESH207", Name: "application-has-net-admin", Severity: checks.Note,
	Summary: "Applications should not have NET_ADMIN, with which they can bypass their sidecar",
	Advice:  "remove the right, or do not rely on policies of the sidecar for these pods: ztunnel and NetworkPolicies are not in their reach",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, w := range p.SidecarApplications() {
			for _, c := range w.Containers() {
				if !checks.ProxyContainer(c.Name) && c.Role != object.Ephemeral && !changesNetworks(c) {
					judgeRights(p, w, c)
				}
			}
		}
	},
}

// judgeRights reports the right of a container that lets it bypass its sidecar. Where nothing but the absence of a no puts the
// pods into the mesh, what they may do to it is seldom worth a word: of those only applications that ask for the very right
// count, not the agents of nodes, what runs before the application, or what has all rights for other reasons.
func judgeRights(p *checks.Pass, w *object.Workload, c object.Container) {
	surely := !p.Enrolled(w).Assumed()
	if !surely && (w.Kind == "DaemonSet" || !c.LongRunning()) {
		return
	}
	asRoot := c.NonRoot().Not()
	if surely && p.Decide(c.Privileged().True().And(asRoot)) {
		p.Report(c.Privileged(), "container %q of %s %q is privileged: as root it can remove the redirection to its sidecar and bypass the mesh", c.Name, w.Kind, w.Name)
		return
	}
	added := c.AddedCapabilities()
	if !p.Decide(object.AnyItem(added, oneOf("NET_ADMIN", "ALL")).And(asRoot)) {
		return
	}
	for _, capability := range added.Items() {
		if slices.Contains([]string{"NET_ADMIN", "ALL"}, capability.Str().V) {
			p.Report(capability, "container %q of %s %q adds the capability %s: as root it can remove the redirection to its sidecar and bypass the mesh",
				c.Name, w.Kind, w.Name, capability.Str().V)
			return
		}
	}
}

// networkImages are parts of the names of images that are there to change the network of pods or nodes: tunnels, VPNs and CNI
// plugins. Source: the documentation of each, which asks for NET_ADMIN.
var networkImages = []string{
	"wireguard", "openvpn", "tailscale", "gluetun", "strongswan", "netbird", "zerotier", "calico", "cilium", "flannel", "multus",
	"kube-router", "keepalived",
}

// changesNetworks reports whether a container is there to change networks, so that it has the right for a reason.
func changesNetworks(c object.Container) bool {
	return slices.ContainsFunc(networkImages, func(part string) bool { return strings.Contains(c.ImageName(), part) })
}
