package views

import "github.com/mesh-check/mesh-check/frontends/object"

// Limits is one element of the limits of a LimitRange.
type Limits struct {
	object.Field
	Range *object.Object
}

// LimitsOf are the elements of a LimitRange.
func LimitsOf(o *object.Object) []Limits {
	var all []Limits
	for _, f := range o.Get("spec", "limits").Items() {
		all = append(all, Limits{f, o})
	}
	return all
}

// Type is what the limits hold for: Container, Pod or PersistentVolumeClaim.
func (l Limits) Type() object.Str { return l.Get("type").Str() }

// Max is the most of a resource that may be used.
func (l Limits) Max(resource string) object.Quantity { return l.Get("max", resource).Quantity() }

// Min is the least of a resource that must be asked for.
func (l Limits) Min(resource string) object.Quantity { return l.Get("min", resource).Quantity() }

// Ratio is how many times the request the limit may be.
func (l Limits) Ratio(resource string) object.Quantity {
	return l.Get("maxLimitRequestRatio", resource).Quantity()
}

// Gives reports whether containers that have no amount of a resource in a list (requests, limits) get one. Source:
// Kubernetes, defaults of LimitRange: max is a default limit, which is a default request, and so is min.
func (l Limits) Gives(list, resource string) object.Truth {
	keys := []string{"default", "max"}
	if list == "requests" {
		keys = []string{"defaultRequest", "default", "max", "min"}
	}
	given := object.No()
	for _, key := range keys {
		given = given.Or(l.Get(key, resource).Written())
	}
	return l.Type().Is("Container").And(given)
}

// ProxyAmount is an amount in the values global.proxy of the sidecar injector. The ConfigMap of the injector has all values;
// those of an IstioOperator are laid over the defaults, of which removed says that null takes one away.
func ProxyAmount(proxy object.Field, list, resource string) (amount object.Quantity, removed bool) {
	of := proxy
	for _, key := range []string{"resources", list, resource} {
		of = of.Get(key)
		removed = removed || of.Node() != nil && !of.Exists()
	}
	return of.Quantity(), removed || !of.Exists() && proxy.Object().Kind == "ConfigMap"
}

// Hard is what a ResourceQuota limits, a member for each resource.
func Hard(quota *object.Object) object.Field { return quota.Get("spec", "hard") }

// Scoped reports whether a ResourceQuota holds for a part of the pods alone.
func Scoped(quota *object.Object) object.Truth {
	return quota.Get("spec", "scopes").Written().Or(quota.Get("spec", "scopeSelector").Written())
}

// Autoscaler is the view of a HorizontalPodAutoscaler of any version.
type Autoscaler struct{ *object.Object }

// AsAutoscaler returns the view of a HorizontalPodAutoscaler.
func AsAutoscaler(o *object.Object) Autoscaler { return Autoscaler{o} }

// Scales reports whether the autoscaler is for a workload.
func (a Autoscaler) Scales(w *object.Workload) object.Truth {
	target := a.Get("spec", "scaleTargetRef")
	return target.Get("kind").Str().Is(w.Kind).And(target.Get("name").Str().Is(w.Name))
}

// Utilization is where the autoscaler asks for a share of what all containers of the pods request of a resource; missing where it
// does not, unknown where that depends on a value that is not known. Source: Kubernetes, autoscaling v1 (targetCPUUtilizationPercentage), v2beta1 (targetAverageUtilization), v2beta2 and v2.
func (a Autoscaler) Utilization(resource string) object.Field {
	old := a.Get("spec", "targetCPUUtilizationPercentage")
	if resource == "cpu" && old.Exists() {
		return old
	}
	for _, metric := range a.Get("spec", "metrics").Items() {
		of := metric.Get("resource")
		kind, name := metric.Get("type").Str(), of.Get("name").Str()
		switch {
		case kind.Unknown():
			return kind.Field
		case kind.V != "Resource":
			continue
		case name.Unknown():
			return name.Field
		case name.V != resource:
			continue
		}
		for _, share := range []object.Field{of.Get("target", "averageUtilization"), of.Get("targetAverageUtilization")} {
			if share.Exists() {
				return share
			}
		}
	}
	return object.Field{}
}
