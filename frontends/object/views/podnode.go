package views

import (
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// DNSPolicy is how the pods look up names: ClusterFirst where it is missing.
func DNSPolicy(w *object.Workload) object.Str { return w.PodSpec.Get("dnsPolicy").Str() }

// Nameservers are the servers that the pods ask for names besides, or instead of, those of their dnsPolicy.
func Nameservers(w *object.Workload) object.Field { return w.PodSpec.Get("dnsConfig", "nameservers") }

// osLabels are the labels of nodes that name their operating system; the second is the old name of the first.
var osLabels = []string{"kubernetes.io/os", "beta.kubernetes.io/os"}

// NodeOS is what says for which operating system the pods are: spec.os, the node selector, or a required node affinity that
// leaves one; missing where nothing does.
func NodeOS(w *object.Workload) object.Str {
	if os := w.PodSpec.Get("os", "name").Str(); os.Exists() {
		return os
	}
	for _, label := range osLabels {
		if os := w.PodSpec.Get("nodeSelector", label).Str(); os.Exists() {
			return os
		}
	}
	terms := w.PodSpec.Get("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms").Items()
	var only object.Str
	for _, term := range terms { // any of them is enough, so that all must say the same
		os := osOfTerm(term)
		if !os.Exists() || only.Exists() && os.V != only.V {
			return object.Str{}
		}
		only = os
	}
	return only
}

// osOfTerm is the only operating system that a term of a node affinity takes; missing where it takes several.
func osOfTerm(term object.Field) object.Str {
	for _, e := range term.Get("matchExpressions").Items() {
		values := e.Get("values").Items()
		if slices.Contains(osLabels, e.Get("key").Str().V) && e.Get("operator").Str().V == "In" && len(values) == 1 {
			return values[0].Str()
		}
	}
	return object.Str{}
}

// WindowsOptions are the settings of the pods that only Windows knows; missing where there are none.
func WindowsOptions(w *object.Workload) object.Field {
	return w.PodSpec.Get("securityContext", "windowsOptions")
}
