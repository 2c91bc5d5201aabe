package object_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// randomCluster is objects with few labels and namespaces, so that much matches and
// nearly matches; some values are not known.
func randomCluster(t *testing.T, r *rand.Rand) []*object.Object {
	labels := func() string {
		var pairs []string
		for _, key := range []string{"a", "b", "c", "d"} {
			if r.IntN(3) > 0 {
				pairs = append(pairs, key+": "+[]string{"x", "y", "z", "UNKNOWN"}[min(r.IntN(12)/3, r.IntN(4))])
			}
		}
		if r.IntN(15) == 0 {
			return "UNKNOWN"
		}
		return "{" + strings.Join(pairs, ", ") + "}"
	}
	namespace := func() string {
		return []string{"", ", namespace: one", ", namespace: two", ", namespace: UNKNOWN"}[min(r.IntN(4), r.IntN(4))]
	}
	var objects []*object.Object
	for i := range 12 {
		kind := []string{"", ", type: ExternalName", ", type: UNKNOWN"}[min(r.IntN(3), r.IntN(3))]
		objects = append(objects,
			tree(t, fmt.Sprintf("{apiVersion: v1, kind: Pod, metadata: {name: p%d%s, labels: %s}}", i, namespace(), labels())),
			tree(t, fmt.Sprintf("{apiVersion: v1, kind: Service, metadata: {name: s%d%s}, spec: {selector: %s%s}}", i, namespace(), labels(), kind)))
	}
	return objects
}

// TestSelectingIsWhatSelectsSays compares the indexes with the plain question for each
// pair.
func TestSelectingIsWhatSelectsSays(t *testing.T) {
	near, sure := 0, 0
	for seed := range uint64(300) {
		set := object.NewSet("one", randomCluster(t, rand.New(rand.NewPCG(seed, 1))))
		services := set.ByKind("", "Service")
		selecting := set.IndexSelectors(services, func(o *object.Object) object.Field { return o.Get("spec", "selector") })
		for _, w := range set.Workloads() {
			found := selecting.Candidates(w)
			order := func(o *object.Object) int { return slices.Index(services, o) }
			if !slices.IsSortedFunc(found, func(a, b *object.Object) int { return order(a) - order(b) }) {
				t.Fatalf("seed %d: %s is not answered in the order of the input", seed, w.Name)
			}
			for _, svc := range set.Services() {
				truth := set.SameNamespace(svc.Object, w.Object).And(object.Selects(svc.Selector, w.Labels()))
				if !truth.False() && !slices.Contains(found, svc.Object) {
					t.Errorf("seed %d: %s may select %s, and the index leaves it out", seed, svc.Name, w.Name)
				}
			}
			var wantNear, gotNear []string
			for _, svc := range set.Services() {
				if isNear(set, svc, w) {
					wantNear = append(wantNear, svc.Name)
				}
			}
			for svc := range set.NearMissServices(w) {
				if isNear(set, svc, w) {
					gotNear = append(gotNear, svc.Name)
				}
			}
			if diff := cmp.Diff(wantNear, gotNear); diff != "" {
				t.Errorf("seed %d: near %s: %s", seed, w.Name, diff)
			}
			near += len(wantNear)
			sure += len(set.ServicesOf(w).Sure)
		}
	}
	if near < 1000 || sure < 300 {
		t.Errorf("%d near Services and %d that select: the clusters are too odd to tell anything", near, sure)
	}
}

// isNear is what NearServices promises to hold, asked of one pair: a Service that
// selects the pods in any namespace, or lacks one pair in their own.
func isNear(set *object.Set, svc *object.Service, w *object.Workload) bool {
	if svc.Get("metadata", "namespace").Unknown() {
		return false
	}
	if object.Selects(svc.Selector, w.Labels()).True() {
		return true
	}
	misses, entries := 0, svc.Selector.Entries()
	for _, want := range entries {
		have := w.Labels().Get(want.Name()).Str()
		if have.Unknown() || want.Unknown() {
			return false
		}
		if have.V != want.Str().V {
			misses++
		}
	}
	return misses == 1 && len(entries) > 1 && set.SameNamespace(svc.Object, w.Object).True()
}
