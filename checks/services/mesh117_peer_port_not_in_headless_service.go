package services

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/wire"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// peerPortNotInHeadlessService finds ports by which replicas call each other and that no
// headless Service declares.
var peerPortNotInHeadlessService = &checks.Check{
	ID: "MESH117", Name: "peer-port-not-in-headless-service", Severity: checks.Warning,
	Summary: "Ports by which the pods of a workload call each other must be declared in a headless Service",
	Advice:  "declare the ports, as TCP, in a headless Service that selects these pods",
	Modes:   []checks.Mode{checks.Sidecar},
	// What a headless Service without any port lacks.
	Replaces: []string{"MESH112"},
	Absence:  true,
	Run: func(p *checks.Pass) {
		for _, w := range p.SidecarApplications() {
			if hasPeers[w.Kind] && !w.LabelledByOthers() {
				undeclaredPeers(p, w)
			}
		}
	},
}

// hasPeers are the kinds whose pods may know each other. Source: Kubernetes' API reference, apps/v1; openkruise/kruise
// apis/apps (CloneSet).
var hasPeers = map[string]bool{"StatefulSet": true, "CloneSet": true, "Deployment": true}

// undeclaredPeers reports the ports of a workload, those that fail most certainly first.
func undeclaredPeers(p *checks.Pass, w *object.Workload) {
	ports := peerPorts(p, w)
	if len(ports) == 0 || !manyPods(p, w) {
		return
	}
	headless, known := headlessOf(p, w)
	if !known {
		return
	}
	var missing []peerPort
	for _, port := range ports {
		if declares(p, headless, port, w) || declares(p, perPod(p, w), port, w) || passesBy(p, w, port.Number.V) {
			continue
		}
		missing = append(missing, port)
	}
	if len(missing) == 0 {
		return
	}
	slices.SortStableFunc(missing, func(a, b peerPort) int { return cmp.Compare(b.known(), a.known()) })
	severity, why, policy := undeclaredWeight(p, w, missing[0])
	var numbers []int64
	for _, port := range missing {
		if !slices.Contains(numbers, port.Number.V) {
			numbers = append(numbers, port.Number.V)
		}
	}
	where := "no headless Service selects its pods"
	if len(headless) > 0 {
		where = fmt.Sprintf("headless Service %q does not declare %s", headless[0].Name, map[bool]string{true: "it", false: "them"}[len(numbers) == 1])
	}
	what := "whose names say so"
	if len(numbers) == 1 {
		what = "as its name says"
	}
	if missing[0].software != "" {
		what = "as " + missing[0].software + " does"
	}
	f := p.Report(missing[0].Number, "the pods of %s %q call each other on %s %s, %s, but %s: %s",
		w.Kind, w.Name, checks.Plural(len(numbers), "port"), listed(numbers), what, where, why).WithSeverity(severity)
	for _, port := range missing[1:] {
		f.WithRelated(port.Number, "port %d is for them too", port.Number.V)
	}
	if len(headless) > 0 {
		f.WithRelated(headless[0].PortList(), "the ports of Service %q", headless[0].Name)
		f.WithAdvice("declare %s %s, as TCP, in Service %q", checks.Plural(len(numbers), "port"), listed(numbers), headless[0].Name)
		if rest := portsBesides(p, headless[0], numbers); len(rest) > 0 {
			f.Advice += fmt.Sprintf(", and the other %s of its pods, %s", checks.Plural(len(rest), "port"), listed(rest))
		}
	}
	if policy.Object() != nil {
		f.WithRelated(policy, "the mode of the pods")
	}
}

// portsBesides are the other ports of the pods of a Service that declares none: what MESH112 would say.
func portsBesides(p *checks.Pass, svc *object.Service, numbers []int64) []int64 {
	if svc.PortList().Unknown() || len(svc.PortList().Items()) > 0 {
		return nil
	}
	return slices.DeleteFunc(openPorts(p, svc), func(n int64) bool { return slices.Contains(numbers, n) })
}

// undeclaredWeight says how much it matters that a port of peers is not declared, and why.
func undeclaredWeight(p *checks.Pass, w *object.Workload, port peerPort) (checks.Severity, string, object.Field) {
	mode, policy := p.MTLS(w, port.Number.V)
	explicit := policy.Object() != nil || p.Mesh.MTLSMode != ""
	const plain = "sidecars forward these connections as is, with no mutual TLS"
	switch {
	case mode == checks.MTLSStrict && port.software != "" && !p.Enrolled(w).Assumed():
		return checks.Error, plain + ", and STRICT refuses them", policy
	case mode == checks.MTLSStrict:
		return checks.Warning, plain + ", and STRICT refuses them", policy
	case explicit || port.software == "":
		return checks.Note, plain, policy
	}
	return checks.Warning, plain + ", and they fail under STRICT", policy
}

// manyPods reports whether there is more than one pod: a Deployment without a number may be
// scaled by others, and a StatefulSet without one has one.
func manyPods(p *checks.Pass, w *object.Workload) bool {
	replicas := w.Replicas()
	if replicas.Unknown() {
		p.Undecided(replicas)
		return false
	}
	if !replicas.Exists() {
		return w.Kind == "Deployment"
	}
	return replicas.V > 1
}

// declares reports whether one of some Services declares a port: by its number, or by one
// that leads there (MESH118).
func declares(p *checks.Pass, services []*object.Service, port peerPort, w *object.Workload) bool {
	for _, svc := range services {
		if svc.PortList().Unknown() {
			p.Undecided(svc.PortList())
			return true
		}
		for _, declared := range svc.Ports() {
			number, at, ok := declared.Resolve(w)
			for _, needed := range []object.Field{declared.Number.Field, at} {
				if needed.Unknown() {
					p.Undecided(needed)
					return true
				}
			}
			if declared.L4() == "TCP" && (declared.Number.V == port.Number.V || ok && number == port.Number.V) {
				return true
			}
		}
	}
	return false
}

// excludeInbound is the annotation that lists ports that sidecars do not take. Source:
// istio/api annotation SidecarTrafficExcludeInboundPorts and IncludeInboundPorts.
const (
	excludeInbound = "traffic.sidecar.istio.io/excludeInboundPorts"
	includeInbound = "traffic.sidecar.istio.io/includeInboundPorts"
)

// passesBy reports whether connections to a port go past the sidecar of the pod, so that it
// takes plain text whatever the mode is.
func passesBy(p *checks.Pass, w *object.Workload, port int64) bool {
	lists := func(name string, all bool) object.Truth {
		return w.PodAnnotation(name).Matches(func(v string) bool {
			list := checks.SplitList(v)
			return slices.Contains(list, strconv.FormatInt(port, 10)) || all && slices.Contains(list, "*")
		})
	}
	past := lists(excludeInbound, false)
	if w.PodAnnotation(includeInbound).Exists() {
		past = past.Or(lists(includeInbound, true).Not())
	}
	if _, open := past.Undecided(); open {
		p.Decide(past)
		return true
	}
	return past.True()
}

// peerWords are names of ports that are for other replicas.
var peerWords = map[string]bool{
	"peer": true, "cluster": true, "gossip": true, "gossip-ring": true, "memberlist": true, "raft": true, "jgroups": true, "gcomm": true, "galera": true,
	"epmd": true, "dist": true, "quorum": true, "election": true, "leader-election": true, "internode": true, "intra": true,
}

// peerPort is a container port by which the replicas of a workload call each other.
type peerPort struct {
	object.ContainerPort
	// software says whose it is; empty where the name of the port says so alone.
	software string
}

// known is 1 where the software says so, and 0 where the name does.
func (port peerPort) known() int { return min(len(port.software), 1) }

// peerPorts are the declared TCP ports of a workload that are for its other replicas.
func peerPorts(p *checks.Pass, w *object.Workload) []peerPort {
	var found []peerPort
	for _, c := range w.Containers() {
		if !c.LongRunning() || checks.ProxyContainer(c.Name) {
			continue
		}
		software := wire.PeersOf(c.ImageName())
		for _, port := range c.Ports() {
			if port.L4() != "TCP" {
				continue
			}
			if port.Number.Unknown() && peerWords[strings.ToLower(checks.WithoutProtocol(port.Name.V))] {
				p.Undecided(port.Number)
			}
			if !port.Number.OK {
				continue
			}
			of := ""
			if software != nil && slices.Contains(software.Ports, port.Number.V) {
				of = software.Name
			}
			if of != "" || peerWords[strings.ToLower(checks.WithoutProtocol(port.Name.V))] {
				found = append(found, peerPort{port, of})
			}
		}
	}
	return found
}
