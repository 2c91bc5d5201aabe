package sarif

import (
	"strings"
	"testing"
)

// TestChangeTravels says that what a plan does with the resource of a finding is reported by
// the log, by one that was read and by one that was merged, and that the message of a
// finding that a plan has no part in says so to readers of plain SARIF.
func TestChangeTravels(t *testing.T) {
	r := sample(t)
	for i, f := range r.Findings {
		f.Change = ""
		if i%2 == 0 {
			f.Change = "no-op"
		}
	}
	fresh := Build(r, options())
	merged, err := Merge(reread(t, []*Log{fresh}), MergeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for name, l := range map[string]*Log{"fresh": fresh, "merged": merged} {
		unchanged := 0
		for i, result := range l.Results() {
			said := strings.Contains(deref(l.report.Runs[0].Results[i].Message.Text), "The plan does not change this resource.")
			if result.Unchanged() {
				unchanged++
			}
			if said != result.Unchanged() || strings.Contains(result.Message, "plan") {
				t.Errorf("%s: change %q, said in the message: %v; views show %q", name, result.Change, said, result.Message)
			}
		}
		if n := len(l.Results()); unchanged == 0 || unchanged == n {
			t.Errorf("%s: %d of %d findings are unchanged", name, unchanged, n)
		}
	}
}
