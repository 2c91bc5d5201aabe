package sarif

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
)

// crowd is a report of two inputs with more findings and undecided values than a log holds:
// 2,100 errors, warnings and notes each, a tenth of them suppressed, and 5,001 values that are not known.
func crowd(t testing.TB) *checks.Report {
	t.Helper()
	r := &checks.Report{}
	for _, input := range []string{"charts/a", "charts/b"} {
		r.Inputs = append(r.Inputs, checks.Input{Path: input, Kind: "chart", ValuesSets: []string{"default"}, Result: checks.OK})
		many(t, r, input, 3150)
	}
	for i, f := range r.Findings {
		f.Origin.Trace, f.Related = nil, nil
		if i%10 == 0 {
			f.Suppressed = "asked for"
		}
		if i < 5001 {
			r.Undecided = append(r.Undecided, &checks.Undecided{
				Check: f.Check, Input: f.Input, Object: f.Object, Path: f.Path, Reason: fmt.Sprint("nobody knows ", i), Origin: f.Origin,
			})
		}
	}
	r.Finish()
	return r
}

// TestLimit holds that a log has the most severe results, counts all of them, says what
// it leaves out, and that logs merge as if nothing were left out before.
func TestLimit(t *testing.T) {
	for _, shown := range []bool{false, true} {
		o := options()
		o.ShowSuppressed = shown
		log := Build(crowd(t), o)
		results := log.Results()
		if len(results) != maxResults || len(log.Undecided()) != maxResults {
			t.Fatalf("%d results and %d questions, want %d each", len(results), len(log.Undecided()), maxResults)
		}
		levels := map[string]int{}
		for _, r := range results {
			levels[r.Level]++
		}
		if levels["error"] != 1890 || levels["warning"] != 1890 {
			t.Errorf("the results are %v, want all 1890 errors and warnings", levels)
		}
		for _, level := range severities {
			if n := log.Count(level); n != 1890 {
				t.Errorf("%d of level %s count, want 1890", n, level)
			}
		}
		if n := log.Suppressed(); n != 630 {
			t.Errorf("%d are suppressed, want 630", n)
		}
		const want = "670 more notes, 1 more undecided value are left out"
		if notices := log.Notices(); len(notices) != 1 || !strings.HasPrefix(notices[0].Message, want) {
			t.Errorf("the notices are %v, want one: %s…", notices, want)
		}
		if !shown {
			continue // merging has nothing to do with it
		}
		var logs []*Log
		for _, r := range split(crowd(t)) {
			logs = append(logs, Build(r, o))
		}
		merged, err := Merge(reread(t, logs), MergeOptions{ShowSuppressed: shown})
		if err != nil {
			t.Fatal(err)
		}
		if a, b := bytesOf(t, log), bytesOf(t, merged); !bytes.Equal(a, b) {
			at := 0
			for at < min(len(a), len(b)) && a[at] == b[at] {
				at++
			}
			t.Errorf("the merged log is another:\n…%s\n…%s",
				a[max(0, at-200):min(len(a), at+200)], b[max(0, at-200):min(len(b), at+200)])
		}
	}
}

// TestLimitOfErrors holds that no input fills the log with its errors, so that those of
// the others have no room.
func TestLimitOfErrors(t *testing.T) {
	report := func() *checks.Report {
		r := &checks.Report{Inputs: []checks.Input{{Path: "a.yaml"}, {Path: "b.yaml"}}}
		for range maxPerInput + 1 {
			r.Errors = append(r.Errors, checks.InputError{Input: "a.yaml", Err: &source.Error{What: "no YAML", Path: "a.yaml"}})
			r.Notes = append(r.Notes, checks.InputNote{Input: "b.yaml", Message: "something"})
		}
		r.Errors = append(r.Errors, checks.InputError{Input: "b.yaml", Err: &source.Error{What: "no YAML", Path: "b.yaml"}})
		return r
	}
	log := Build(report(), options())
	failures, notices := log.Failures(), log.Notices()
	if len(failures) != maxPerInput+1 || failures[maxPerInput].Input != "deploy/b.yaml" {
		t.Errorf("%d errors, the last of %s; want %d of a.yaml and one of b.yaml", len(failures), failures[len(failures)-1].Input, maxPerInput)
	}
	if want := "1 more error of this input left out: a report contains the first 500"; notices[0].Message != want || notices[0].Input != "deploy/a.yaml" {
		t.Errorf("the first notice is %v, want %s", notices[0], want)
	}
	if n := len(notices); n != maxPerInput+2 || notices[n-1].Message != "1 more note of this input left out: a report contains the first 500" {
		t.Errorf("%d notices, the last is %v", n, notices[n-1])
	}
	var logs []*Log
	for _, r := range split(report()) {
		logs = append(logs, Build(r, options()))
	}
	merged, err := Merge(reread(t, logs), MergeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(bytesOf(t, log)), string(bytesOf(t, merged))); diff != "" {
		t.Errorf("(-built +merged)\n%s", diff)
	}
}

// TestLimitOfBaseline holds that a baseline knows what it leaves out by its number.
func TestLimitOfBaseline(t *testing.T) {
	base := reread(t, []*Log{Build(crowd(t), options())})[0]
	log := Build(crowd(t), options())
	if n := log.ApplyBaseline(base.Baseline()); n != 5670 {
		t.Errorf("%d results are known, want all 5670", n)
	}
	more := crowd(t)
	asked := 0
	for _, f := range more.Findings {
		if f.Severity == checks.Note && f.Suppressed != "" && asked < 10 {
			f.Suppressed = ""
			asked++
		}
	}
	log = Build(more, options())
	log.ApplyBaseline(base.Baseline())
	if n := log.Count("error") + log.Count("warning") + log.Count("note"); n != 10 {
		t.Errorf("%d findings are new, want 10", n)
	}
}
