package explore

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/mesh-check/mesh-check/render/chart"
)

// numbered are settings that differ.
func numbered(n int) (all []Setting) {
	for i := range n {
		s, _ := set(chart.Path{fmt.Sprint("a", i)}, true, Switch)
		all = append(all, s)
	}
	return all
}

// TestSmallest holds that the wish holds with what Smallest comes to, that none of it can be left
// out, and that it asks no more often than it may; for wishes that hold whenever some settings are
// there, and for others.
func TestSmallest(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	ok, tooMany := 0, 0
	for range 3000 {
		all := numbered(1 + r.IntN(24))
		some := func(most int) (some []Setting) {
			for _, i := range r.Perm(len(all))[:min(len(all), r.IntN(most+1))] {
				some = append(some, all[i])
			}
			return some
		}
		needed, unwanted := some(3), []Setting(nil)
		if r.IntN(3) == 0 {
			unwanted = without(some(2), needed)
		}
		likely := some(4)
		if r.IntN(2) == 0 {
			likely = slices.Concat(needed, without(likely, needed))
		}
		asked := 0
		holds := func(some []Setting) bool {
			return len(without(needed, some)) == 0 && !overlap(unwanted, some)
		}
		before, likelyBefore := slices.Clone(all), slices.Clone(likely)
		smallest, is := Smallest(all, likely, func(some []Setting) bool {
			asked++
			return holds(some)
		})
		if asked > maxTries || settingsText(all) != settingsText(before) || settingsText(likely) != settingsText(likelyBefore) {
			t.Fatalf("asked %d times; %s, likely %s", asked, settingsText(all), settingsText(likely))
		}
		if !is {
			if holds(all) && holds(likely) && len(likely) > 0 && asked < maxTries {
				t.Fatalf("not ok after asking %d times: %s of %s, likely %s", asked, settingsText(needed), settingsText(all), settingsText(likely))
			}
			tooMany++
			continue
		}
		ok++
		if !holds(smallest) || len(without(smallest, all)) > 0 {
			t.Fatalf("%s does not do: needs %s without %s, of %s, likely %s", settingsText(smallest), settingsText(needed), settingsText(unwanted), settingsText(all), settingsText(likely))
		}
		for i := range smallest {
			less := slices.Delete(slices.Clone(smallest), i, i+1)
			if len(less) > 0 && holds(less) {
				t.Fatalf("%s does without %s: needs %s, without %s, of %s, likely %s", settingsText(smallest), smallest[i], settingsText(needed), settingsText(unwanted), settingsText(all), settingsText(likely))
			}
		}
	}
	if ok < 1000 || tooMany < 100 {
		t.Errorf("%d came to something, %d to nothing", ok, tooMany)
	}
}

// TestSmallestTakesTooLong holds that many settings, of which most are needed, are given up.
func TestSmallestTakesTooLong(t *testing.T) {
	all := numbered(40)
	if smallest, ok := Smallest(all, nil, func(some []Setting) bool { return len(some) >= 30 }); ok {
		t.Errorf("%d settings, though not each of them was tried", len(smallest))
	}
	if smallest, ok := Smallest(all, nil, func([]Setting) bool { return false }); ok || smallest != nil {
		t.Errorf("%d settings for what never holds", len(smallest))
	}
	if _, ok := Smallest(nil, nil, func([]Setting) bool { return false }); ok {
		t.Error("no settings for what never holds")
	}
	if smallest, ok := Smallest(all[:1], all[:1], func([]Setting) bool { return true }); !ok || len(smallest) != 1 {
		t.Errorf("%d settings of one", len(smallest))
	}
}
