package services

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// sharedPort is a port of one of the Services that select one workload.
type sharedPort struct {
	object.ServicePort
	protocol checks.Protocol
	// target is the container port's number, or the name that no container has.
	target string
}

// portsOf returns the TCP ports of all Services of a workload, in the order of the
// input. What depends on unknown values is recorded and left out.
func portsOf(p *checks.Pass, w *object.Workload) []sharedPort {
	var ports []sharedPort
	services := p.ServicesOf(w)
	for _, maybe := range services.Maybe {
		p.Undecided(maybe.Because)
	}
	for _, svc := range services.Sure {
		for _, port := range svc.Ports() {
			if l4 := port.L4(); l4 == "UDP" || l4 == "SCTP" {
				continue
			}
			pr, truth := p.Protocol(port)
			// Kubernetes knows no protocol HTTP, but Istio's own tests write it.
			if pr == checks.Unsupported && port.Name.V == "" {
				pr = checks.ParseProtocol(strings.TrimPrefix(port.Protocol.V, "TCP"), p.Mesh)
			}
			target, at, ok := port.Resolve(w)
			if at.Unknown() {
				p.Undecided(at)
				continue
			}
			if port.Number.Unknown() {
				p.Undecided(port.Number)
				continue
			}
			sp := sharedPort{ServicePort: port, protocol: pr, target: fmt.Sprint(target)}
			if !ok {
				sp.target = fmt.Sprintf("%q", port.TargetPort.V)
			}
			if p.Decide(truth) && pr != checks.UDP {
				ports = append(ports, sp)
			}
		}
	}
	return ports
}

// grouped files ports under a key, in the order in which the keys occur.
func grouped(ports []sharedPort, key func(sharedPort) string) [][]sharedPort {
	var groups [][]sharedPort
	index := map[string]int{}
	for _, sp := range ports {
		k := key(sp)
		i, known := index[k]
		if !known {
			i = len(groups)
			index[k] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], sp)
	}
	return groups
}

// headlessOf are the headless Services that certainly select the pods of a workload; known is
// false where others may.
func headlessOf(p *checks.Pass, w *object.Workload) (found []*object.Service, known bool) {
	services := p.ServicesOf(w)
	for _, svc := range services.Sure {
		switch headless := svc.Headless(); {
		case headless.True():
			found = append(found, svc)
		case !headless.False():
			p.Decide(headless)
			return nil, false
		}
	}
	for _, maybe := range services.Maybe {
		if !maybe.Value.Headless().False() {
			p.Undecided(maybe.Because)
			return nil, false
		}
	}
	return found, true
}

// podNameLabel is the label that the controller of StatefulSets gives to each pod.
const podNameLabel = "statefulset.kubernetes.io/pod-name"

type perPodKey struct{}

// perPod are the Services of the input that select one pod of a StatefulSet, by the
// namespace and the name of the StatefulSet.
func perPod(p *checks.Pass, w *object.Workload) []*object.Service {
	return checks.Once(p, perPodKey{}, func() map[string][]*object.Service {
		found := map[string][]*object.Service{}
		for _, svc := range p.Services() {
			for _, pair := range svc.Selector.Entries() {
				if pod := pair.Str().V; pair.Name() == podNameLabel && strings.Contains(pod, "-") {
					key := p.NamespaceOf(svc.Object) + "/" + pod[:strings.LastIndexByte(pod, '-')]
					found[key] = append(found[key], svc)
				}
			}
		}
		return found
	})[p.NamespaceOf(w.Object)+"/"+w.Name]
}

// listed are numbers as messages list them.
func listed(numbers []int64) string {
	texts := make([]string, len(numbers))
	for i, n := range numbers {
		texts[i] = fmt.Sprint(n)
	}
	if last := len(texts) - 1; last > 0 {
		return strings.Join(texts[:last], ", ") + " and " + texts[last]
	}
	return strings.Join(texts, "")
}
