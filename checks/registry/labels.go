package registry

import "github.com/mesh-check/mesh-check/checks"

// label is a key of labels on the pods of a namespace, or of any for the empty one.
type label struct{ namespace, key string }

type labelValuesKey struct{}

// LabelValues are the known values of a label on the pods of a namespace, or of the whole input where the namespace is
// empty, each once and in the order of the input.
func LabelValues(p *checks.Pass, namespace, key string) []string {
	return checks.Once(p, labelValuesKey{}, func() map[label][]string {
		values, seen := map[label][]string{}, map[label]map[string]bool{}
		for _, w := range p.Workloads() {
			for _, l := range w.Labels().Entries() {
				v := l.Str()
				if v.Unknown() {
					continue
				}
				for _, ns := range []string{p.NamespaceOf(w.Object), ""} {
					at := label{ns, l.Name()}
					if seen[at] == nil {
						seen[at] = map[string]bool{}
					}
					if !seen[at][v.V] {
						seen[at][v.V] = true
						values[at] = append(values[at], v.V)
					}
				}
			}
		}
		return values
	})[label{namespace, key}]
}
