package privileges

import (
	"fmt"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// refusedAmount is an amount of the proxy that a limit does not admit.
type refusedAmount struct {
	amount proxyAmount
	limit  object.Quantity
	what   string
}

// refusedBy returns the amounts of a proxy that the limits for one container do not admit. What the proxy lacks is filled in, by
// what the limits allow. Source: Kubernetes, plugin/pkg/admission/limitranger.
func refusedBy(p *checks.Pass, l views.Limits, amounts []proxyAmount) (all []refusedAmount) {
	add := func(a proxyAmount, limit object.Quantity, format string, args ...any) {
		all = append(all, refusedAmount{a, limit, fmt.Sprintf("its %s is %s, and ", a, a.V.String()) + fmt.Sprintf(format, args...)})
	}
	high := map[string]bool{}
	for i := len(amounts) - 1; i >= 0; i-- { // limits first: what they exceed is enough to say
		a := amounts[i]
		if most := l.Max(a.resource); !high[a.resource] && p.Decide(a.Above(most)) {
			high[a.resource] = true
			add(a, most, "%s is the maximum of a container", most.V.String())
		}
	}
	for _, a := range amounts {
		if least := l.Min(a.resource); p.Decide(least.Above(a.Quantity)) {
			add(a, least, "%s is the minimum of a container", least.V.String())
		}
	}
	for _, a := range amounts {
		ratio := l.Ratio(a.resource)
		for _, request := range amounts {
			if a.list != limits || request.list != requests || request.resource != a.resource {
				continue
			}
			if times := dividedBy(a, request); p.Decide(times.Above(ratio)) {
				add(a, ratio, "that is %s times the request of %s: %s is the maximum", times.V.String(), request.V.String(), ratio.V.String())
			}
		}
	}
	return all
}

// dividedBy is how many times the request a limit is.
func dividedBy(limit, request proxyAmount) object.Quantity {
	for _, a := range []proxyAmount{limit, request} {
		if !a.OK {
			return a.Quantity
		}
	}
	if request.V.Sign() <= 0 {
		return object.Quantity{}
	}
	return object.QuantityOf(fmt.Sprintf("%.3f", limit.V.AsApproximateFloat64()/request.V.AsApproximateFloat64()))
}

// refuseSum reports the limits for whole pods that the containers of a workload keep and that they exceed together with the
// proxy. Where a container has no amount of its own, the pods depend on more than can be said here.
func refuseSum(p *checks.Pass, o *object.Object, w *object.Workload, proxy []proxyAmount, reported map[string]bool) {
	for _, l := range views.LimitsOf(o) {
		if !p.Decide(l.Type().Is("Pod")) {
			continue
		}
		for _, a := range proxy {
			most := l.Max(a.resource)
			if a.list != limits || !most.Exists() {
				continue
			}
			sum := object.QuantityOf("0")
			for _, c := range w.Containers() {
				if c.LongRunning() {
					sum = sum.Plus(c.Amount(limits, a.resource))
				}
			}
			key := fmt.Sprintf("%p %s", o, most.Path())
			with := sum.Plus(a.Quantity)
			if reported[key] || !p.Decide(with.Above(most).And(sum.Above(most).Not())) {
				continue
			}
			reported[key] = true
			f := p.Report(most, "LimitRange %q rejects the pods of %s %q with a sidecar: the limits of their containers are %s of %s together with the %s of the proxy, and %s is the maximum of a pod",
				o.Name, w.Kind, w.Name, with.V.String(), a.resource, a.V.String(), most.V.String())
			if a.chosen() {
				f.WithSeverity(checks.Error).WithRelated(a, "the limit of the proxy")
			}
		}
	}
}
