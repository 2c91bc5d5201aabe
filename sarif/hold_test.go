package sarif

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
)

// heavy is a report of four inputs whose results are too many bytes for one log, though
// not too many, with errors and notes of twelve inputs that are too many.
func heavy(t testing.TB) *checks.Report {
	t.Helper()
	r := &checks.Report{}
	for i := range 12 {
		input := fmt.Sprintf("charts/%02d", i)
		r.Inputs = append(r.Inputs, checks.Input{Path: input, Kind: "chart", ValuesSets: []string{"default"}, Result: checks.Partial})
		for j := range 450 + i {
			r.Errors = append(r.Errors, checks.InputError{Input: input, Err: &source.Error{What: fmt.Sprint("fault ", j), Path: input}})
			r.Notes = append(r.Notes, checks.InputNote{Input: input, Message: fmt.Sprint("note ", j)})
		}
		if i < 4 {
			many(t, r, input, 450)
		}
	}
	for i, f := range r.Findings {
		f.Origin.Trace, f.Related = nil, nil
		for j := range 100 {
			f.Addresses = append(f.Addresses, fmt.Sprintf("%s[%d]", strings.Repeat("module.of_a_long_name.", 5), j))
		}
		if i%10 == 0 {
			f.Suppressed = "asked for"
		}
		r.Undecided = append(r.Undecided, &checks.Undecided{
			Check: f.Check, Input: f.Input, Object: f.Object, Path: f.Path, Reason: strings.Repeat("nobody knows ", 300), Origin: f.Origin,
		})
	}
	r.Finish()
	return r
}

// TestLimitOfBytes holds that a log has no more bytes than it may, counts all the same
// what it leaves out, and is the same log however its parts come.
func TestLimitOfBytes(t *testing.T) {
	o := options()
	o.ShowSuppressed = true
	log := Build(heavy(t), o)
	whole := bytesOf(t, log)
	if encoded, _ := log.Encode(); len(encoded) > maxBytes+maxQuestions+4*maxTellings {
		t.Errorf("the log has %d bytes", len(encoded))
	}
	results := len(log.Results())
	if results == 0 || results >= 1800 || len(log.Undecided()) >= 1800 {
		t.Fatalf("%d of 1800 results and %d questions are held: this tests nothing", results, len(log.Undecided()))
	}
	if n := log.Count("error") + log.Count("warning") + log.Count("note") + log.Suppressed(); n != 1800 {
		t.Errorf("%d findings are counted, want 1800", n)
	}
	has := map[string]int{}
	for _, f := range log.Failures() {
		has[f.Input]++
	}
	if len(has) != 12 || len(log.Failures()) != maxResults {
		t.Errorf("%d errors of %d inputs, want %d of all 12", len(log.Failures()), len(has), maxResults)
	}
	parts := split(heavy(t))
	for seed := range uint64(2) {
		m := NewMerger(MergeOptions{ShowSuppressed: true})
		for _, i := range rand.New(rand.NewPCG(seed, 1)).Perm(len(parts)) {
			if err := m.Add(i, reread(t, []*Log{Build(parts[i], o)})[0]); err != nil {
				t.Fatal(err)
			}
			if len(m.results) > 2*maxResults || len(m.failures) > 2*maxResults {
				t.Fatalf("%d results and %d errors are held", len(m.results), len(m.failures))
			}
		}
		merged, err := m.Log()
		if err != nil {
			t.Fatal(err)
		}
		if got := bytesOf(t, merged); !bytes.Equal(got, whole) {
			t.Errorf("seed %d: the merged log is another one: %s", seed, firstDifference(whole, got))
		}
	}
}

// firstDifference is the place where two texts begin to differ.
func firstDifference(a, b []byte) string {
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	return fmt.Sprintf("\n…%.400s\n…%.400s", a[max(0, at-200):], b[max(0, at-200):])
}
