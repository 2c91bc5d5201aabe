package sarif

import (
	"bytes"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
)

func TestBaseline(t *testing.T) {
	old := sample(t)
	old.Findings = old.Findings[1:]
	base, err := Read(bytes.NewReader(bytesOf(t, Build(old, options()))))
	if err != nil {
		t.Fatal(err)
	}
	hidden := Build(sample(t), options())
	if n := hidden.ApplyBaseline(base.Baseline()); n != 5 {
		t.Errorf("%d results are known, want 5", n)
	}
	if got := hidden.Results(); len(got) != 1 || got[0].Message != sample(t).Findings[0].Message {
		t.Errorf("what is left is %v, want the one new finding", got)
	}
	if n := hidden.Suppressed(); n != 6 { // and the one with an annotation
		t.Errorf("%d are suppressed, want 6", n)
	}
	o := options()
	o.ShowSuppressed = true
	shown := Build(sample(t), o)
	shown.ApplyBaseline(base.Baseline())
	read, err := Read(bytes.NewReader(bytesOf(t, Build(sample(t), o))))
	if err != nil {
		t.Fatal(err)
	}
	read.ApplyBaseline(base.Baseline())
	readAgain, err := Read(bytes.NewReader(bytesOf(t, read)))
	if err != nil {
		t.Fatal(err)
	}
	for name, l := range map[string]*Log{"built": shown, "read": read, "read again": readAgain} {
		if e, w := l.Count("error"), l.Count("warning"); e != 1 || w != 0 {
			t.Errorf("%s: %d errors and %d warnings count, want 1 and 0", name, e, w)
		}
		if len(l.Results()) != 7 {
			t.Errorf("%s: %d results, want 7", name, len(l.Results()))
		}
		for i, r := range l.report.Runs[0].Results {
			want := "unchanged"
			if len(r.Suppressions) > 0 && *r.Suppressions[0].Kind == "inSource" {
				continue
			}
			if l.Results()[i].Message == sample(t).Findings[0].Message {
				want = "new"
			}
			if *r.BaselineState != want {
				t.Errorf("%s: %q is %q, want %q", name, l.Results()[i].Message, *r.BaselineState, want)
			}
		}
	}
}

// TestBaselineOfRandomNames holds that an object whose name is another in each run is
// known again by its line.
func TestBaselineOfRandomNames(t *testing.T) {
	r := sample(t)
	base := Build(r, options())
	for _, f := range r.Findings {
		f.Object.Name += "-x7k2p"
	}
	log := Build(r, options())
	// The finding without a place has no line, and one is suppressed.
	if n := log.ApplyBaseline(base.Baseline()); n != len(r.Findings)-2 {
		t.Errorf("%d results are known, want %d", n, len(r.Findings)-2)
	}
}

// TestFingerprintStays holds that our fingerprint survives other lines, another
// namespace and another release.
func TestFingerprintStays(t *testing.T) {
	before := Build(sample(t), options()).Results()
	moved := sample(t)
	for _, f := range moved.Findings {
		f.Message, f.Rendered = f.Message+" today", "else"
		f.Object.Name = strings.Replace(f.Object.Name, "prod-", "test-", 1)
		f.Object.Namespace = "other"
		if f.Origin.Span.Valid() {
			old := f.Origin.Span
			f.Origin.Span = source.Span{
				File:  source.NewFile(old.File.Root, old.File.Path, append([]byte("#\n"), old.File.Data...)),
				Start: old.Start + 2, End: old.End + 2,
			}
		}
	}
	o := options()
	o.Release = func(string) []string { return []string{"test"} }
	seen := map[string]bool{}
	for i, r := range Build(moved, o).Results() {
		if r.Fingerprint != before[i].Fingerprint {
			t.Errorf("%s: the fingerprint changed", r.Message)
		}
		if r.Place.Line == before[i].Place.Line && r.Place.Line > 0 {
			t.Errorf("%s: the test moved nothing", r.Message)
		}
		if seen[r.Fingerprint] {
			t.Errorf("%s: two results have one fingerprint", r.Message)
		}
		seen[r.Fingerprint] = true
	}
}
