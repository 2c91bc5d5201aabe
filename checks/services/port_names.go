package services

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object/nearest"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// portOwner is something with ports that have names: a container, the containers of a pod, a
// Service.
type portOwner struct {
	what  string
	list  object.Field // of the ports
	names []object.Str
	// doubt is what is not known of whether this is the owner at all; of no object where it is.
	doubt object.Field
	// service is the Service, if it is one.
	service *object.Service
	// out says that nobody in the mesh has to do with it.
	out bool
}

// has reports whether an owner has a port of a name.
func (o portOwner) has(name string) object.Truth {
	found := object.No()
	if o.list.Unknown() {
		found = object.Undecided(o.list)
	}
	for _, n := range o.names {
		if n.V == name || n.Unknown() {
			found = found.Or(n.Is(name))
		}
	}
	if o.doubt.Object() != nil {
		found = found.And(object.Undecided(o.doubt))
	}
	return found
}

// reported is the finding about a reference; none where it does not dangle.
type reported struct{ *checks.Finding }

// weigh sets the severity of the finding, if there is one.
func (r reported) weigh(severity checks.Severity) {
	if r.Finding != nil {
		r.WithSeverity(severity)
	}
}

// dangling reports a name of a port that certainly none of its owners has; without an owner
// in the input it may be anything.
func dangling(p *checks.Pass, name object.Str, owners []portOwner, who, effect string) reported {
	doubtful := func(o portOwner) bool { return o.doubt.Object() != nil }
	sure := owners
	if slices.ContainsFunc(owners, doubtful) {
		sure = slices.DeleteFunc(slices.Clone(owners), doubtful)
	}
	if len(sure) == 0 || !slices.ContainsFunc(sure, func(o portOwner) bool { return !o.out }) {
		return reported{}
	}
	if name.Unknown() {
		p.Undecided(name)
	}
	if name.V == "" {
		return reported{}
	}
	found := object.No()
	for i := 0; i < len(owners) && !found.True(); i++ {
		found = found.Or(owners[i].has(name.V))
	}
	if !p.Decide(found.Not()) {
		return reported{}
	}
	f := p.Report(name, "%s port %q, but %s: %s", who, name.V, lacking(sure), effect)
	f.WithRelated(sure[0].list, "the ports of %s", sure[0].what)
	adviseName(f, name.V, sure)
	return reported{f}
}

// lacking says that owners have no port of a name.
func lacking(owners []portOwner) string {
	switch len(owners) {
	case 1:
		return owners[0].what + " has no port of that name"
	case 2:
		return "neither " + owners[0].what + " nor " + owners[1].what + " has a port of that name"
	}
	return fmt.Sprintf("neither %s nor the %d others that it selects have a port of that name", owners[0].what, len(owners)-1)
}

// adviseName names the port that was probably meant, else those that there are.
func adviseName(f *checks.Finding, name string, owners []portOwner) {
	var names, same []string
	for _, o := range owners {
		for _, n := range o.names {
			if n.V == "" || slices.Contains(names, n.V) {
				continue
			}
			names = append(names, n.V)
			if checks.WithoutProtocol(n.V) == checks.WithoutProtocol(name) || strings.HasSuffix(n.V, "-"+name) {
				same = append(same, n.V)
			}
		}
	}
	near := nearest.Name(name, names)
	if len(same) == 1 {
		near = same[0]
	}
	switch {
	case near != "":
		f.WithAdvice("refer to port %q, if that is the port", near)
	case len(names) == 0:
		f.WithAdvice("give the port the name %q in %s", name, owners[0].what)
	default:
		f.WithAdvice("use one of the existing ports: %s", strings.Join(names, ", "))
	}
}

// containerPorts are the names of the ports of a container.
func containerPorts(c object.Container) []object.Str {
	var names []object.Str
	for _, port := range c.Ports() {
		names = append(names, port.Name)
	}
	return names
}

type ownerKey struct{ of any }

// ownerOf are the pods of a workload as the owner of ports.
func ownerOf(p *checks.Pass, w *object.Workload) portOwner {
	out := p.Enrolled(w).Out()
	return checks.Once(p, ownerKey{w}, func() portOwner {
		o := portOwner{what: fmt.Sprintf("%s %q", w.Kind, w.Name), list: w.PodSpec, out: out}
		for _, c := range w.Containers() {
			if len(c.Ports()) > 0 && o.list.Path() == w.PodSpec.Path() && !o.list.Unknown() {
				o.list = c.PortList()
			}
			o.names = append(o.names, containerPorts(c)...)
			if list := c.PortList(); list.Unknown() {
				o.names = append(o.names, list.Str())
			}
		}
		return o
	})
}

// serviceOwners are Services as the owners of ports of a transport protocol; of all of them
// where it is empty.
func serviceOwners(p *checks.Pass, services []*object.Service, l4 string) []portOwner {
	var owners []portOwner
	for _, svc := range services {
		o := portOwner{what: fmt.Sprintf("Service %q", svc.Name), list: svc.PortList(), service: svc, out: p.OnlyOutsideMesh(svc)}
		for _, port := range svc.Ports() {
			if l4 == "" || port.Protocol.Unknown() || port.L4() == l4 {
				o.names = append(o.names, port.Name)
			}
		}
		owners = append(owners, o)
	}
	return owners
}

type serviceNamesKey struct{}

// servicesNamed are the Services of the input of a name in a namespace.
func servicesNamed(p *checks.Pass, name, namespace string) []*object.Service {
	return checks.Once(p, serviceNamesKey{}, func() map[string][]*object.Service {
		named := map[string][]*object.Service{}
		for _, svc := range p.Services() {
			full := svc.Name + "." + p.NamespaceOf(svc.Object)
			named[full] = append(named[full], svc)
		}
		return named
	})[name+"."+namespace]
}

// labelIndex finds what may have the labels of a selector.
type labelIndex[T any] struct {
	byPair map[string][]T
	open   []T // of which the labels are not all known
}

func (x *labelIndex[T]) add(of T, labels object.Field) {
	open := labels.Unknown() || labels.Partial()
	for _, l := range labels.Entries() {
		open = open || l.Unknown()
	}
	if open {
		x.open = append(x.open, of)
		return
	}
	for _, l := range labels.Entries() {
		key := l.Name() + "=" + l.Str().V
		x.byPair[key] = append(x.byPair[key], of)
	}
}

// near are those that have one of the labels of a selector, the one that the fewest have, and
// those that may; none for a selector without labels, which is about everything.
func (x *labelIndex[T]) near(selector object.Field) []T {
	var fewest []T
	pairs := views.SelectorPairs(selector)
	for i, pair := range pairs {
		if have := x.byPair[pair.Name()+"="+pair.Str().V]; i == 0 || len(have) < len(fewest) {
			fewest = have
		}
	}
	if len(pairs) == 0 {
		return nil
	}
	return slices.Concat(fewest, x.open)
}
