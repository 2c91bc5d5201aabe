package input

import (
	"fmt"
	"strings"
	"testing"
)

// TestFewEnough holds that a worker lists no more inputs than the parent can hold, and says
// so where there are more.
func TestFewEnough(t *testing.T) {
	list := func(n, length int) (all []Input) {
		for i := range n {
			all = append(all, Input{Path: fmt.Sprintf("%0*d", length, i), Kind: KindChart})
		}
		return all
	}
	for _, tc := range []struct{ n, length, want int }{
		{1, 5, 1}, {maxFound, 5, maxFound}, {3 * maxFound, 5, maxFound + 1},
		{2000, 4 << 10, maxFoundText/(4<<10) + 1},
	} {
		got := fewEnough("charts", list(tc.n, tc.length))
		if len(got) != tc.want {
			t.Fatalf("%d inputs with names of %d bytes: %d are listed, want %d", tc.n, tc.length, len(got), tc.want)
		}
		last := got[len(got)-1]
		if cut := tc.want != tc.n; cut != (last.Fault != nil) || cut && !strings.Contains(last.Fault.What, fmt.Sprint(tc.n)) {
			t.Errorf("%d inputs: the last one is %+v", tc.n, last)
		}
	}
}
