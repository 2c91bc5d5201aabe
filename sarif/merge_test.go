package sarif

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
)

// split is a report as the reports of its inputs, in their order.
func split(r *checks.Report) []*checks.Report {
	var parts []*checks.Report
	for _, in := range r.Inputs {
		p := &checks.Report{Inputs: []checks.Input{in}}
		for _, f := range r.Findings {
			if f.Input == in.Path {
				p.Findings = append(p.Findings, f)
			}
		}
		for _, u := range r.Undecided {
			if u.Input == in.Path {
				p.Undecided = append(p.Undecided, u)
			}
		}
		for _, e := range r.Errors {
			if e.Input == in.Path {
				p.Errors = append(p.Errors, e)
			}
		}
		for _, n := range r.Notes {
			if n.Input == in.Path {
				p.Notes = append(p.Notes, n)
			}
		}
		parts = append(parts, p)
	}
	return parts
}

// several is a report of n inputs in which everything occurs, their findings at places
// that several inputs share.
func several(t testing.TB, n int, seed uint64) *checks.Report {
	t.Helper()
	rnd := rand.New(rand.NewPCG(seed, 1))
	shared := source.NewFile("", "modules/shared/main.tf", []byte("a = 1\nb = 2\nc = 3\n"))
	r := &checks.Report{}
	for i := range n {
		one := sample(t)
		if rnd.IntN(4) == 0 {
			one = hostileReport(t, fmt.Sprint(hostile, i))
			for _, f := range one.Findings {
				if f.Check = portName; rnd.IntN(2) == 0 {
					f.Suppressed = hostile
				}
			}
		}
		name := map[string]string{}
		for j, in := range one.Inputs {
			name[in.Path] = []string{"", "../", "/elsewhere/", "x "}[rnd.IntN(4)] + fmt.Sprint(in.Path, "-", i, "-", j)
			in.Path = name[in.Path]
			r.Inputs = append(r.Inputs, in)
		}
		for _, f := range one.Findings {
			if rnd.IntN(5) == 0 {
				continue
			}
			f.Input = name[f.Input]
			switch rnd.IntN(4) {
			case 0:
				f.Change = "no-op"
			case 1:
				f.Change = hostile
			}
			if rnd.IntN(3) == 0 {
				start := rnd.IntN(len(shared.Data))
				f.Origin.Span = source.Span{File: shared, Start: start, End: start + rnd.IntN(len(shared.Data)-start)}
			}
			r.Findings = append(r.Findings, f)
		}
		for _, u := range one.Undecided {
			u.Input = name[u.Input]
			r.Undecided = append(r.Undecided, u)
		}
		for _, e := range one.Errors {
			if e.Input = name[e.Input]; rnd.IntN(2) == 0 {
				r.Errors = append(r.Errors, e)
			}
		}
		for _, note := range one.Notes {
			note.Input = name[note.Input]
			r.Notes = append(r.Notes, note)
		}
	}
	if rnd.IntN(2) == 0 {
		r.Finish()
	}
	// Errors and notes are in the order of the inputs, as a run reports them.
	whole := *r
	whole.Errors, whole.Notes = nil, nil
	for _, p := range split(r) {
		whole.Errors, whole.Notes = append(whole.Errors, p.Errors...), append(whole.Notes, p.Notes...)
	}
	return &whole
}

// reread are logs as another process reads them.
func reread(t testing.TB, logs []*Log) []*Log {
	t.Helper()
	var read []*Log
	for _, l := range logs {
		data, err := l.Encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := Read(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		read = append(read, again)
	}
	return read
}

// TestMergeIsBuild holds that the logs of parts merge into the log of the whole, byte
// for byte: with a suite given to all, to the merge alone, or to none.
func TestMergeIsBuild(t *testing.T) {
	for seed := range uint64(28) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			whole := options()
			whole.ShowSuppressed = seed%2 == 0
			if seed%3 == 0 {
				whole.Primary = Value
			}
			part, merge := whole, MergeOptions{Version: whole.Version, ShowSuppressed: whole.ShowSuppressed, Written: seed < 14}
			switch seed % 4 {
			case 0: // the worker's fragments
				part.Suite, part.Help = nil, nil
				merge.Suite, merge.Help = whole.Suite, whole.Help
			case 1: // logs of shards
				merge.Version = ""
			case 2:
				whole.Suite, part.Suite = nil, nil
			case 3:
				whole.Suite, part.Suite = whole.Suite[:1], part.Suite[:1]
			}
			n := int(seed % 7)
			if n == 0 && seed%2 == 1 {
				return // without logs nobody knows the version and the suite
			}
			want := bytesOf(t, Build(several(t, n, seed), whole))
			logs := func() (all []*Log) {
				for _, r := range split(several(t, n, seed)) {
					all = append(all, Build(r, part))
				}
				return all
			}
			for name, logs := range map[string][]*Log{"built": logs(), "read": reread(t, logs())} {
				merged, err := Merge(logs, merge)
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if diff := cmp.Diff(string(want), string(bytesOf(t, merged))); diff != "" {
					t.Errorf("%s: (-built as a whole +merged)\n%s", name, diff)
				}
			}
		})
	}
}

// TestMergeInAnyGrouping holds that shards of any size merge into the same log.
func TestMergeInAnyGrouping(t *testing.T) {
	var parts []*Log
	for _, r := range split(several(t, 6, 7)) {
		parts = append(parts, Build(r, options()))
	}
	parts = reread(t, parts)
	all, err := Merge(reread(t, parts), MergeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []int{1, 4, len(parts) - 1} {
		var halves []*Log
		for _, half := range [][]*Log{parts[:at], parts[at:]} {
			m, err := Merge(reread(t, half), MergeOptions{})
			if err != nil {
				t.Fatal(err)
			}
			halves = append(halves, m)
		}
		again, err := Merge(reread(t, halves), MergeOptions{Distinct: true})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(bytesOf(t, all)), string(bytesOf(t, again))); diff != "" {
			t.Errorf("cut at %d: (-at once +in two steps)\n%s", at, diff)
		}
	}
}

// TestMergeRefuses holds what is no log of one run of mesh-check to an error that
// names it.
func TestMergeRefuses(t *testing.T) {
	ours := string(bytesOf(t, Build(sample(t), options())))
	for _, c := range []struct{ name, log, want string }{
		{"another tool", foreign, "has 2 runs"},
		{"another tool's run", `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"trivy\u001b[31m"}},"results":[]}]}`, "is a log of trivy�[31m; only"},
		{"no tool", `{"version":"2.1.0","runs":[{"results":[]}]}`, "is a log of no tool"},
		{"no run", `{"version":"2.1.0","runs":[]}`, "has 0 runs"},
		{"a null run", `{"version":"2.1.0","runs":[null]}`, "has 1 runs"},
		{"bare", `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"mesh-check"}}}]}`, "has no inputs"},
		{"another version", strings.ReplaceAll(ours, `"0.1.0"`, `"0.2.0"`), "was written by mesh-check 0.2.0, the others by 0.1.0"},
		{"the same input", ours, "has the input deploy/charts/web, which is also in a.sarif"},
		{"another member", strings.Replace(ours, `"columnKind"`, `"automationDetails": {"id": "x"}, "columnKind"`, 1), "has automationDetails"},
		{"another property", strings.Replace(ours, `"undecided": [`, `"mine": 1, "undecided": [`, 1), "has the property mine"},
		{"another invocation", strings.Replace(ours, `"executionSuccessful"`, `"exitCode": 1, "executionSuccessful"`, 1), "has exitCode"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var logs []*Log
			for _, text := range []string{ours, c.log} {
				l, err := Read(strings.NewReader(text))
				if err != nil {
					t.Fatal(err)
				}
				logs = append(logs, l)
			}
			_, err := Merge(logs, MergeOptions{Names: []string{"a.sarif", "b.sarif"}, Distinct: true})
			if err == nil || !strings.HasPrefix(err.Error(), "b.sarif: "+c.want) {
				t.Errorf("the error is %v, want b.sarif: %s", err, c.want)
			}
		})
	}
}

// TestMergeShards holds that the logs of all shards merge into the log of the run, in
// whatever order they are given, and that a shard that is missing is missed.
func TestMergeShards(t *testing.T) {
	const parts = 3
	report := func() *checks.Report { return several(t, 4, 5) }
	want := bytesOf(t, Build(report(), options()))
	shards := func() []*Log {
		var all []*Log
		for part := range parts {
			var one checks.Report
			for i, r := range split(report()) {
				if i%parts == part {
					one.Inputs, one.Findings = append(one.Inputs, r.Inputs...), append(one.Findings, r.Findings...)
					one.Undecided, one.Errors = append(one.Undecided, r.Undecided...), append(one.Errors, r.Errors...)
					one.Notes = append(one.Notes, r.Notes...)
				}
			}
			l := Build(&one, options())
			l.MarkShard(part+1, parts)
			all = append(all, l)
		}
		return reread(t, all)
	}
	for _, order := range [][]int{{0, 1, 2}, {2, 0, 1}} {
		logs := shards()
		merged, err := Merge([]*Log{logs[order[0]], logs[order[1]], logs[order[2]]}, MergeOptions{Distinct: true})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(bytesOf(t, merged))); diff != "" {
			t.Errorf("in the order %v: (-one run +merged)\n%s", order, diff)
		}
	}
	whole, fourth := Build(&checks.Report{}, options()), Build(&checks.Report{}, options())
	fourth.MarkShard(1, 4)
	for _, c := range []struct {
		logs []*Log
		want string
	}{
		{shards()[:2], "shard 3/3 is missing"},
		{shards()[1:], "shard 1/3 is missing"},
		{append(shards(), shards()[1]), "log 4: is shard 2/3, and so is log 2"},
		{append(shards(), whole), "log 4: is no shard, and log 1 is shard 1/3"},
		{append(shards(), fourth), "log 4: is shard 1/4, and log 1 is shard 1/3"},
	} {
		if _, err := Merge(c.logs, MergeOptions{}); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("the error is %v, want %s…", err, c.want)
		}
	}
}
