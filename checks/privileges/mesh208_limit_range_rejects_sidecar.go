package privileges

import (
	"fmt"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// limitRangeRejectsSidecar finds LimitRanges that do not admit the containers that Istio adds.
var limitRangeRejectsSidecar = &checks.Check{
	ID: "MESH208", Name: "limit-range-rejects-sidecar", Severity: checks.Warning,
	Summary: "A LimitRange must admit the resources of the sidecar",
	Advice:  "set all four annotations sidecar.istio.io/proxyCPU, proxyMemory, proxyCPULimit and proxyMemoryLimit to amounts that the LimitRange admits, or let it admit the sidecar",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		ranges := p.ByKind("", "LimitRange")
		if len(ranges) == 0 {
			return
		}
		reported := map[string]bool{} // the places of limits that are reported already
		apps := map[string]bool{}     // the namespaces that have applications
		for _, w := range p.SidecarApplications() {
			apps[p.NamespaceOf(w.Object)] = true
			for _, o := range ranges {
				if resourcesByTemplate(w) && p.Decide(p.SameNamespace(o, w.Object)) {
					judgeRange(p, o, w, reported)
				}
			}
		}
		for _, o := range ranges {
			ns := p.Namespace(p.NamespaceOf(o))
			if ns != nil && !apps[ns.Name] && injectedInto(p, ns, nil) != "" {
				refuseDefaults(p, o, fmt.Sprintf("the pods of namespace %q", ns.Name), reported)
			}
		}
	},
}

// judgeRange reports the limits that refuse the proxy of a workload.
func judgeRange(p *checks.Pass, o *object.Object, w *object.Workload, reported map[string]bool) {
	own, written := annotated(w)
	if !written.True() {
		if p.Decide(written.Not()) {
			refuseDefaults(p, o, fmt.Sprintf("%s %q", w.Kind, w.Name), reported)
			refuseSum(p, o, w, meshAmounts(p), reported)
		}
		return
	}
	for _, l := range views.LimitsOf(o) {
		if !p.Decide(l.Type().Is("Container")) {
			continue
		}
		for _, r := range refusedBy(p, l, own) {
			p.Report(r.amount, "LimitRange %q rejects the pods of %s %q: %s", o.Name, w.Kind, w.Name, r.what).
				WithSeverity(checks.Error).WithRelated(r.limit, "what the LimitRange admits")
		}
	}
	refuseSum(p, o, w, own, reported)
}

// refuseDefaults reports the limits that refuse a proxy with the resources of the mesh, each once.
func refuseDefaults(p *checks.Pass, o *object.Object, whose string, reported map[string]bool) {
	for _, l := range views.LimitsOf(o) {
		if !p.Decide(l.Type().Is("Container")) {
			continue
		}
		for _, r := range refusedBy(p, l, meshAmounts(p)) {
			key := fmt.Sprintf("%p %s", o, r.limit.Path())
			if reported[key] {
				continue
			}
			reported[key] = true
			f := p.Report(r.limit, "LimitRange %q rejects %s with a sidecar: %s", o.Name, whose, r.what)
			if r.amount.chosen() {
				f.WithSeverity(checks.Error).WithRelated(r.amount, "what the mesh gives to its proxies")
			}
		}
	}
}
