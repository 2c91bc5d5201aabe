package privileges

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// proxyResource is one of the amounts that the containers istio-proxy and istio-init ask for or may use at most.
type proxyResource struct {
	annotation     string
	list, resource string
	// byDefault is what Istio's chart sets.
	byDefault string
}

// proxyResources are all four. Source: istio/istio manifests/charts/istio-control/istio-discovery values.yaml
// global.proxy.resources and files/injection-template.yaml "resources", the same from 1.7 to 1.32.
var proxyResources = []proxyResource{
	{"sidecar.istio.io/proxyCPU", requests, "cpu", "100m"},
	{"sidecar.istio.io/proxyMemory", requests, "memory", "128Mi"},
	{"sidecar.istio.io/proxyCPULimit", limits, "cpu", "2000m"},
	{"sidecar.istio.io/proxyMemoryLimit", limits, "memory", "1024Mi"},
}

// The lists of a container's resources.
const (
	requests = "requests"
	limits   = "limits"
)

// String names the resource as messages do: the memory limit, the CPU request.
func (r proxyResource) String() string {
	name := map[string]string{"cpu": "CPU", "memory": "memory"}[r.resource]
	if r.list == limits {
		return name + " limit"
	}
	return name + " request"
}

// proxyAmount is one of the resources of a workload's proxy; not OK where the proxy has none.
type proxyAmount struct {
	proxyResource
	object.Quantity
}

// chosen reports whether the input says the amount; else it is Istio's default, which the mesh may not have.
func (a proxyAmount) chosen() bool { return a.Object() != nil }

// ofMesh is the amount for pods that do not say their own: of the values of the injector in the input, else Istio's.
func (r proxyResource) ofMesh(p *checks.Pass) proxyAmount {
	for _, proxy := range p.InjectorValues("global", "proxy") {
		if amount, removed := views.ProxyAmount(proxy, r.list, r.resource); removed || amount.Exists() {
			return proxyAmount{r, amount}
		}
	}
	return proxyAmount{r, object.QuantityOf(r.byDefault)}
}

// meshAmounts are the amounts of pods that say none of their own.
func meshAmounts(p *checks.Pass) []proxyAmount {
	var all []proxyAmount
	for _, r := range proxyResources {
		all = append(all, r.ofMesh(p))
	}
	return all
}

// annotated are the annotations of a workload's pods about the resources of their proxy, written or not. Where one of them is
// written, they alone say what the proxy has.
func annotated(w *object.Workload) (all []proxyAmount, written object.Truth) {
	written = object.No()
	for _, r := range proxyResources {
		value := w.PodAnnotation(r.annotation)
		written = written.Or(value.Written())
		all = append(all, proxyAmount{r, value.Quantity()})
	}
	return all, written
}

// resourcesByTemplate reports whether Istio's own template gives the pods' proxy its resources: their own container istio-proxy,
// or another template, may give it others.
func resourcesByTemplate(w *object.Workload) bool {
	other := w.PodAnnotation("inject.istio.io/templates")
	return !(other.Known() && other.Exists()) && !slices.ContainsFunc(w.Containers(), func(c object.Container) bool { return c.Name == checks.ProxyName })
}
