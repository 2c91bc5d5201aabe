package boundaries

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// front is what leads to the pods of a gateway.
type front struct {
	services []*object.Service // each once
	ports    map[int64]bool    // of Services and of the pods behind them
	numbers  []int64           // of the Services
	doubt    object.Truth      // whether there is more
}

type frontKey struct{ scope, selector string }

// frontOf is what leads to the pods of a Gateway. Many Gateways have one selector.
func frontOf(p *checks.Pass, g views.Gateway, pods []*object.Workload) *front {
	selector, known := canonical(g.Selector())
	if !known {
		return servicesOf(p, pods)
	}
	return checks.Once(p, frontKey{scopeOf(p, g), selector}, func() *front { return servicesOf(p, pods) })
}

// servicesOf are the Services in front of the pods of a gateway. Ports of the node lead to them as well.
func servicesOf(p *checks.Pass, pods []*object.Workload) *front {
	f := &front{ports: map[int64]bool{}}
	for _, w := range pods {
		f.doubt = f.doubt.Or(w.HostNetwork().True())
		for _, c := range w.Containers() {
			for _, port := range c.Ports() {
				if port.HostPort().Exists() {
					f.ports[port.Number.V] = true
				}
			}
		}
		services := p.ServicesOf(w)
		for _, maybe := range services.Maybe {
			f.doubt = f.doubt.Or(object.Undecided(maybe.Because))
		}
		for _, svc := range services.Sure {
			f.add(svc, w)
		}
	}
	return f
}

func (f *front) add(svc *object.Service, w *object.Workload) {
	if !slices.Contains(f.services, svc) {
		f.services = append(f.services, svc)
	}
	if list := svc.PortList(); list.Unknown() {
		f.doubt = f.doubt.Or(object.Undecided(list))
	}
	for _, port := range svc.Ports() {
		if port.L4() != "TCP" {
			continue
		}
		for _, v := range []object.Str{port.Number.Str(), port.TargetPort, port.Protocol} {
			if v.Unknown() {
				f.doubt = f.doubt.Or(object.Undecided(v.Field))
			}
		}
		f.ports[port.Number.V] = true
		if !slices.Contains(f.numbers, port.Number.V) {
			f.numbers = append(f.numbers, port.Number.V)
		}
		if target, _, ok := port.Resolve(w); ok {
			f.ports[target] = true
		}
	}
}

// open reports whether something leads to a port of the pods.
func (f *front) open(port int64) object.Truth { return object.TruthOf(f.ports[port]).Or(f.doubt) }

// text is the Services and their ports as messages name them.
func (f *front) text() string {
	slices.Sort(f.numbers)
	ports := strings.Trim(strings.Join(strings.Fields(fmt.Sprint(f.numbers)), ", "), "[]")
	ports = checks.Plural(len(f.numbers), "port") + " " + ports
	if others := len(f.services) - 1; others > 0 {
		return fmt.Sprintf("Service %q and %d other %s of its pods have only %s", f.services[0].Name, others, checks.Plural(others, "Service"), ports)
	}
	return fmt.Sprintf("Service %q of its pods has only %s", f.services[0].Name, ports)
}
