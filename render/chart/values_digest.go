package chart

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"hash"
	"maps"
	"reflect"
	"slices"

	helmchart "helm.sh/helm/v3/pkg/chart"
)

// Digest is the same for two sets of one chart exactly when templates are given the same,
// where nothing but the layers differs.
func (in *Inputs) Digest() [sha256.Size]byte {
	d := digest{sha256.New(), map[uintptr]int{}}
	d.chart(in.Helm)
	d.value(in.Values)
	return [sha256.Size]byte(d.Sum(nil))
}

type digest struct {
	hash.Hash
	// seen are the maps and lists by their memory: a template that changes one that
	// is shared changes it in all its places.
	seen map[uintptr]int
}

// chart takes a chart and its dependencies as far as the values decide which of them
// there are, and what their metadata says of it.
func (d digest) chart(h *helmchart.Chart) {
	metadata, _ := json.Marshal(h.Metadata) // what Chart.yaml holds can be marshalled
	fmt.Fprintf(d, "%q %q %p %d ", h.ChartFullPath(), metadata, h.Templates, len(h.Dependencies()))
	for _, dependency := range h.Dependencies() {
		d.chart(dependency)
	}
}

func (d digest) value(v any) {
	switch v := v.(type) {
	case map[string]any:
		fmt.Fprintf(d, "map %d ", len(v))
		if d.again(reflect.ValueOf(v).Pointer()) {
			return
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			fmt.Fprintf(d, "%q ", key)
			d.value(v[key])
		}
	case []any:
		fmt.Fprintf(d, "list %d ", len(v))
		// All empty lists may have the same memory, and nobody can change one.
		if len(v) > 0 && d.again(reflect.ValueOf(v).Pointer()) {
			return
		}
		for _, item := range v {
			d.value(item)
		}
	case string:
		fmt.Fprintf(d, "%q ", v)
	default:
		fmt.Fprintf(d, "%T %v ", v, v)
	}
}

// again reports whether a map or list was there before, and takes which one it is.
func (d digest) again(at uintptr) bool {
	n, seen := d.seen[at]
	if !seen {
		n = len(d.seen)
		d.seen[at] = n
	}
	fmt.Fprintf(d, "#%d ", n)
	return seen
}
