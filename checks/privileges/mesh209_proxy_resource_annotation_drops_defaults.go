package privileges

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// proxyResourceAnnotationDropsDefaults finds pods that set some of the resources of their proxy, and lose the others by it.
var proxyResourceAnnotationDropsDefaults = &checks.Check{
	ID: "MESH209", Name: "proxy-resource-annotation-drops-defaults", Severity: checks.Note,
	Summary: "One annotation for a resource of the proxy replaces all of its default requests and limits",
	Advice:  "set all four annotations: sidecar.istio.io/proxyCPU, proxyMemory, proxyCPULimit and proxyMemoryLimit",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, w := range p.SidecarApplications() {
			own, written := annotated(w)
			if !resourcesByTemplate(w) || !p.Decide(written) {
				continue
			}
			dropped := map[string]proxyAmount{} // by annotation
			var first proxyAmount
			for i, mesh := range meshAmounts(p) {
				written := own[i].Exists() && own[i].Known()
				if written && first.annotation == "" {
					first = own[i]
				}
				if !written && (mesh.OK || mesh.Unknown()) && p.Decide(own[i].Written().Not()) {
					dropped[mesh.annotation] = mesh
				}
			}
			if len(dropped) > 0 && first.annotation != "" {
				reportDropped(p, w, first, own, dropped)
			}
		}
	},
}

// reportDropped reports the first annotation of some, and the worst that comes of what they drop.
func reportDropped(p *checks.Pass, w *object.Workload, first proxyAmount, own []proxyAmount, dropped map[string]proxyAmount) {
	var names, lost, limited []string
	for _, a := range own {
		if mesh, is := dropped[a.annotation]; is && lacks(own, dropped, a.proxyResource) {
			lost = append(lost, described(mesh))
		} else if is {
			limited = append(limited, described(mesh))
		} else if a.Exists() {
			names = append(names, a.Name())
		}
	}
	replace := "replace"
	if len(names) == 1 {
		replace = "replaces"
	}
	what := fmt.Sprintf("%s of %s %q %s all default resources of the proxy, %s",
		strings.Join(names, ", "), w.Kind, w.Name, replace, remains(lost, limited))
	at := first.AtKey()
	for _, a := range proxyResources {
		if !lacks(own, dropped, a) {
			continue
		}
		if quota := quotaFor(p, w, a); quota.Object() != nil {
			p.Report(at, "%s: ResourceQuota %q requires one and rejects the pods", what, quota.Object().Name).
				WithSeverity(checks.Error).WithRelated(quota.AtKey(), "pods must have %s", quota.Name())
			return
		}
	}
	for _, a := range proxyResources {
		if a.list == limits || !lacks(own, dropped, a) {
			continue
		}
		if share := utilization(p, w, a); share.Object() != nil {
			p.Report(at, "%s: HorizontalPodAutoscaler %q cannot compute the utilization of %s without a request of every container",
				what, share.Object().Name, a.resource).WithSeverity(checks.Warning).WithRelated(share, "a share of what the containers request")
			return
		}
	}
	// Whoever writes all but a CPU limit wants none: requests count, and CPU limits throttle.
	if _, is := dropped["sidecar.istio.io/proxyCPULimit"]; !is || len(dropped) > 1 {
		p.Report(at, "%s", what)
	}
}

// remains says what the proxy has of the defaults: Kubernetes makes a limit the request of a container that has none.
// Source: kubernetes/kubernetes pkg/apis/core/v1/defaults.go SetDefaults_Pod.
func remains(lost, limited []string) string {
	if len(limited) == 0 {
		return "which is left without " + strings.Join(lost, ", ")
	}
	becomes := fmt.Sprintf("the limit is also its %s", strings.Join(limited, ", "))
	if len(limited) > 1 {
		becomes = fmt.Sprintf("the limits are also its %s", strings.Join(limited, ", "))
	}
	if len(lost) == 0 {
		return "and " + becomes
	}
	return "which is left without " + strings.Join(lost, ", ") + ", and " + becomes
}

// described is a default that the pods lose.
func described(a proxyAmount) string {
	if !a.OK {
		return a.String()
	}
	return fmt.Sprintf("%s (default %s)", a, a.V.String())
}
