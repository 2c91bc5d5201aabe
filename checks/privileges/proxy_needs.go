package privileges

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// lacks reports whether a proxy has no amount of a resource once some are dropped: Kubernetes takes a limit for the request
// that is missing.
func lacks(own []proxyAmount, dropped map[string]proxyAmount, r proxyResource) bool {
	if _, is := dropped[r.annotation]; !is {
		return false
	}
	for _, a := range own {
		if _, is := dropped[a.annotation]; r.list == requests && a.list == limits && a.resource == r.resource && !is && a.Exists() {
			return false
		}
	}
	return true
}

// quotaFor is the member of a ResourceQuota because of which pods in the workload's namespace must have a resource; of no object
// where there is none or a LimitRange fills it in.
func quotaFor(p *checks.Pass, w *object.Workload, a proxyResource) object.Field {
	for _, quota := range p.ByKind("", "ResourceQuota") {
		if !p.Decide(p.SameNamespace(quota, w.Object).And(views.Scoped(quota).Not())) {
			continue
		}
		if all := views.Hard(quota); all.Unknown() {
			p.Undecided(all)
		}
		for _, hard := range views.Hard(quota).Entries() {
			if name := hard.Name(); name == a.list+"."+a.resource || a.list == requests && name == a.resource {
				if !p.Decide(filledIn(p, w, a).Not()) {
					return object.Field{}
				}
				return hard
			}
		}
	}
	return object.Field{}
}

// filledIn reports whether a LimitRange of the workload's namespace gives a resource to containers without it.
func filledIn(p *checks.Pass, w *object.Workload, a proxyResource) object.Truth {
	filled := object.No()
	for _, o := range p.ByKind("", "LimitRange") {
		for _, l := range views.LimitsOf(o) {
			if gives := l.Gives(a.list, a.resource); !gives.False() {
				filled = filled.Or(p.SameNamespace(o, w.Object).And(gives))
			}
		}
	}
	return filled
}

// utilization is where a HorizontalPodAutoscaler of the workload needs the request that the proxy lacks.
func utilization(p *checks.Pass, w *object.Workload, a proxyResource) object.Field {
	for _, o := range p.ByKind("autoscaling", "HorizontalPodAutoscaler") {
		scaler := views.AsAutoscaler(o)
		share := scaler.Utilization(a.resource)
		if !share.Exists() || !p.Decide(p.SameNamespace(o, w.Object).And(scaler.Scales(w)).And(share.Written())) {
			continue
		}
		if p.Decide(filledIn(p, w, a).Not()) {
			return share
		}
	}
	return object.Field{}
}
