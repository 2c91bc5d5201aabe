package ambient

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var networkPolicyBlocksIstiod = &checks.Check{
	ID: "MESH908", Name: "network-policy-blocks-istiod", Severity: checks.Warning,
	Summary: "NetworkPolicies must let sidecars reach istiod, and the API server reach its webhooks",
	Advice:  "add a rule for port 15012 to the namespace of istiod",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		if len(p.ByKind(views.Kubernetes, "NetworkPolicy")) == 0 {
			return
		}
		var order []views.NetworkPolicy
		cut := map[*object.Object][]*object.Workload{} // by the first of their policies
		for _, w := range p.Workloads() {
			if p.ControlPlane(w.Object) || !p.Enrolled(w).Sidecar() {
				continue
			}
			policies, doubt := policiesOn(p, w, egress)
			if len(policies) == 0 {
				continue
			}
			to := func(r views.NetworkRule) object.Truth { return r.Allows(discoveryPort).And(toIstiod(p, r)) }
			blocked, first := allowed(p, policies, egress, "istiod", to).Or(doubt).Not(), policies[0]
			switch of := cut[first.Object]; {
			case of == nil && p.Decide(blocked):
				order = append(order, first)
				cut[first.Object] = []*object.Workload{w}
			case of != nil && blocked.True():
				cut[first.Object] = append(of, w)
			}
		}
		for _, policy := range order {
			all := cut[policy.Object]
			others := ""
			if n := len(all) - 1; n > 0 {
				others = fmt.Sprintf(" and %d others", n)
				if n == 1 {
					others = fmt.Sprintf(" and of %s %q", all[1].Kind, all[1].Name)
				}
			}
			p.Report(policy.RuleList(egress), "NetworkPolicy %q does not let the sidecars of %s %q%s reach istiod (%s:%d): they get no certificate, and the pods never get ready",
				policy.Name, all[0].Kind, all[0].Name, others, p.Mesh.SystemNamespace(), discoveryPort).
				WithAdvice("add a rule for port %d to the namespace %s", discoveryPort, p.Mesh.SystemNamespace())
		}
		aroundIstiod(p)
	},
}

// The ports of istiod. Source: istio.io "Application requirements", ports used by Istio; istio/istio
// manifests/charts/istio-control/istio-discovery/templates/networkpolicy.yaml (1.31).
const discoveryPort = 15012

// istiodPorts are those that must be reached from outside its namespace, and what fails if they are not. Source: that of
// discoveryPort.
var istiodPorts = []struct {
	port     int64
	what     string
	severity checks.Severity
}{
	{discoveryPort, "sidecars get no configuration and no certificates", checks.Warning},
	{15017, "the API server reaches no webhook, and pods get no sidecar", checks.Warning},
	{15014, "monitoring does not reach it", checks.Note},
}

// istiodLabels are labels of istiod's pods. Source: istio/istio manifests/charts/istio-control/istio-discovery/
// templates/deployment.yaml (1.31).
var istiodLabels = map[string]string{"app": "istiod", "istio": "pilot", "app.kubernetes.io/name": "istiod"}

// aroundIstiod reports policies of istiod's namespace that keep others from its ports.
func aroundIstiod(p *checks.Pass) {
	var around []views.NetworkPolicy
	for _, o := range p.ByKind(views.Kubernetes, "NetworkPolicy") {
		policy := views.AsNetworkPolicy(o)
		pods := map[string]string{}
		for key, value := range istiodLabels {
			pods[key] = value
		}
		for _, v := range (views.LabelSelector{Field: policy.PodSelector()}).ValuesOf(checks.RevisionLabel) {
			pods[checks.RevisionLabel] = v.V // any revision
		}
		selects := policy.Restricts(ingress).And(views.LabelSelector{Field: policy.PodSelector()}.Matches(pods))
		if p.NamespaceOf(o) == p.Mesh.SystemNamespace() && p.Decide(selects) {
			around = append(around, policy)
		}
	}
	if len(around) == 0 {
		return
	}
	for _, port := range istiodPorts {
		in := func(r views.NetworkRule) object.Truth { return r.Allows(port.port, portNames[port.port]...) }
		if p.Decide(allowed(p, around, ingress, port.what, in).Not()) {
			p.Report(around[0].RuleList(ingress), "NetworkPolicy %q does not let port %d of istiod in: %s", around[0].Name, port.port, port.what).
				WithSeverity(port.severity).WithAdvice("add an ingress rule for port %d", port.port)
		}
	}
}

// portNames are the names of istiod's container ports. Source: as istiodLabels.
var portNames = map[int64][]string{discoveryPort: {"tls-xds"}, 15017: {"https-webhooks"}, 15014: {"monitoring"}}

// toIstiod reports whether a rule's peers may have istiod among them. Addresses of pods are not known: a wide range may
// have it, and so may a namespace of which the labels are not known.
func toIstiod(p *checks.Pass, r views.NetworkRule) object.Truth {
	list := r.PeerList()
	if list.Unknown() {
		return object.Undecided(list)
	}
	answer := object.TruthOf(len(list.Items()) == 0)
	for _, peer := range r.Peers() {
		switch spaces := peer.Namespaces(); {
		case peer.CIDR().Exists():
			answer = answer.Or(peer.CIDR().Matches(wide))
		case spaces.Unknown():
			answer = answer.Or(object.Undecided(spaces))
		case !spaces.Exists():
			answer = answer.Or(object.TruthOf(p.NamespaceOf(list.Object()) == p.Mesh.SystemNamespace()))
		default:
			answer = answer.Or(selectsSystem(p, views.LabelSelector{Field: spaces}))
		}
	}
	return answer
}

// wide reports whether a range of addresses is so large that pods of other namespaces may be in it.
func wide(cidr string) bool {
	prefix, err := netip.ParsePrefix(strings.TrimSpace(cidr))
	return err != nil || prefix.Addr().BitLen()-prefix.Bits() > 8
}

// nameLabel is the label that Kubernetes itself gives each namespace.
const nameLabel = "kubernetes.io/metadata.name"

// selectsSystem reports whether a selector of namespaces selects the one of istiod. Where the input does not have the
// Namespace, other labels than its name may be there.
func selectsSystem(p *checks.Pass, selector views.LabelSelector) object.Truth {
	name := p.Mesh.SystemNamespace()
	labels := map[string]string{nameLabel: name}
	ns := p.Namespace(name)
	if ns != nil {
		for _, l := range ns.OwnLabels().Entries() {
			labels[l.Name()] = l.Str().V
		}
	}
	if ns == nil || ns.OwnLabels().Unknown() || ns.OwnLabels().Partial() {
		for key, values := range selector.Asked() {
			if key != nameLabel && len(values) > 0 {
				labels[key] = values[0]
			}
		}
	}
	return selector.Matches(labels)
}
