package services

import (
	"fmt"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

type (
	podLabelsKey     struct{}
	serviceLabelsKey struct{}
)

// selectionKey is one selection, which many monitors and policies may have in common.
type selectionKey struct{ of, scope, selector string }

// selection is what a LabelSelector selects in a scope, as owners of ports, worked out once
// for equal selectors. scope names the namespaces; empty where they are not the usual ones.
func selection(p *checks.Pass, of, scope string, selector object.Field, work func() []portOwner) []portOwner {
	text, plain := views.PlainSelector(selector)
	if !plain || scope == "" {
		return work()
	}
	return checks.Once(p, selectionKey{of, scope, text}, work)
}

// podOwners are the pods that a LabelSelector selects in some namespaces.
func podOwners(p *checks.Pass, selector object.Field, scope string, in func(namespace string) object.Truth) []portOwner {
	index := checks.Once(p, podLabelsKey{}, func() *labelIndex[*object.Workload] {
		x := &labelIndex[*object.Workload]{byPair: map[string][]*object.Workload{}}
		for _, w := range p.Workloads() {
			x.add(w, w.Labels())
		}
		return x
	})
	return selection(p, "pods", scope, selector, func() []portOwner {
		var owners []portOwner
		for _, w := range index.near(selector) {
			o := ownerOf(p, w)
			if selected(&o, in(p.NamespaceOf(w.Object)).And(views.SelectsLabels(selector, w.Labels()))) {
				owners = append(owners, o)
			}
		}
		return owners
	})
}

// monitoredScope names the namespace of a monitor where its selector takes no other.
func monitoredScope(p *checks.Pass, o *object.Object, namespaces object.Field) string {
	if namespaces.Exists() {
		return ""
	}
	return p.NamespaceOf(o)
}

// selected reports whether something is or may be selected, and notes on what that depends.
func selected(o *portOwner, t object.Truth) bool {
	o.doubt, _ = t.Undecided()
	return !t.False()
}

// monitoredServices are the Services that a ServiceMonitor selects.
func monitoredServices(p *checks.Pass, m views.ServiceMonitor) []portOwner {
	index := checks.Once(p, serviceLabelsKey{}, func() *labelIndex[*object.Service] {
		x := &labelIndex[*object.Service]{byPair: map[string][]*object.Service{}}
		for _, svc := range p.Services() {
			x.add(svc, svc.OwnLabels())
		}
		return x
	})
	return selection(p, "services", monitoredScope(p, m.Object, m.Namespaces()), m.Selector(), func() []portOwner {
		var owners []portOwner
		for _, svc := range index.near(m.Selector()) {
			in := views.MonitoredNamespace(m.Namespaces(), p.NamespaceOf(m.Object), p.NamespaceOf(svc.Object))
			o := serviceOwners(p, []*object.Service{svc}, "")[0]
			if selected(&o, in.And(views.SelectsLabels(m.Selector(), svc.OwnLabels()))) {
				owners = append(owners, o)
			}
		}
		return owners
	})
}

// podsBehind are the pods of Services as owners of ports.
func podsBehind(p *checks.Pass, services []portOwner) []portOwner {
	var pods []portOwner
	for _, svc := range services {
		behind := p.WorkloadsOf(svc.service)
		for _, w := range behind.Sure {
			pod := ownerOf(p, w)
			pod.doubt = svc.doubt
			pods = append(pods, pod)
		}
		for _, maybe := range behind.Maybe {
			pod := ownerOf(p, maybe.Value)
			pod.doubt = maybe.Because
			pods = append(pods, pod)
		}
	}
	return pods
}

// serviceMonitors reports endpoints of ServiceMonitors whose port no selected Service has.
func serviceMonitors(p *checks.Pass) {
	for _, o := range p.ByKind(views.Prometheus, "ServiceMonitor") {
		m := views.AsServiceMonitor(o)
		services := monitoredServices(p, m)
		who := fmt.Sprintf("ServiceMonitor %q scrapes", o.Name)
		for _, e := range m.Endpoints() {
			if target := e.TargetPort(); e.Port().V != "" || e.Port().Unknown() {
				dangling(p, e.Port(), services, who, "Prometheus finds nothing to scrape")
			} else if !target.Num().OK && !injectedPorts[target.V] {
				dangling(p, target, podsBehind(p, services), who, "Prometheus finds nothing to scrape")
			}
		}
	}
}

// podMonitors reports endpoints of PodMonitors whose port no selected pod has.
func podMonitors(p *checks.Pass) {
	for _, o := range p.ByKind(views.Prometheus, "PodMonitor") {
		m := views.AsPodMonitor(o)
		pods := podOwners(p, m.Selector(), monitoredScope(p, o, m.Namespaces()), func(ns string) object.Truth {
			return views.MonitoredNamespace(m.Namespaces(), p.NamespaceOf(o), ns)
		})
		for _, e := range m.Endpoints() {
			if !injectedPorts[e.Port().V] {
				dangling(p, e.Port(), pods, fmt.Sprintf("PodMonitor %q scrapes", o.Name), "Prometheus finds nothing to scrape")
			}
		}
	}
}
