package sarif

import (
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/sarif/property"
)

// inBaseline is the justification of results that a baseline has.
const inBaseline = "known in the baseline"

// Baseline is what a log says about results that are known: little beside the log.
type Baseline struct {
	keys   [][2]string    // of each finding: byFingerprint and byLine
	counts map[string]int // by level
}

// Baseline returns what ApplyBaseline needs of a log.
func (l *Log) Baseline() *Baseline {
	k := &Baseline{counts: map[string]int{}}
	for _, level := range severities {
		k.counts[level] = l.Count(level)
	}
	for _, run := range l.runs() {
		for _, r := range run.Results {
			if r == nil || !finding(r) {
				continue
			}
			keys := [2]string{strings.Clone(byFingerprint(run, r)), strings.Clone(byLine(run, r))}
			if keys != [2]string{} {
				k.keys = append(k.keys, keys)
			}
		}
	}
	return k
}

// ApplyBaseline marks the results that a baseline knows too: they are suppressed and their
// baselineState is "unchanged", that of the others is "new". Known results stay in
// the log only if it was built to show suppressed ones. It returns how many of the
// results that counted are known now.
//
// A result is known again by our own fingerprint; what is left then, by rule, file
// and primaryLocationLineHash, as code scanning does it: an object may have another
// name in each run. Each result of the baseline makes one result known.
//
// The log of another tool that was read is written as it was: only Results has the marks.
func (l *Log) ApplyBaseline(base *Baseline) int {
	same := l.match(base)
	l.cachedResults = nil
	n := 0
	for _, run := range l.runs() {
		kept := make([]*sarif.Result, 0, len(run.Results))
		left := 0
		for _, r := range run.Results {
			if r == nil || !finding(r) {
				kept = append(kept, r)
				continue
			}
			r.WithBaselineState("new")
			if same[r] {
				r.WithBaselineState("unchanged")
			}
			if same[r] && suppressed(r) == "" {
				r.AddSuppression(suppression())
				if !l.showSuppressed {
					left++
					continue
				}
				n++
			}
			kept = append(kept, r)
		}
		run.Results = kept
		left += l.knownOmitted(run, base, same)
		n += left
		addSuppressed(run, left)
	}
	if !slices.ContainsFunc(l.runs(), func(run *sarif.Run) bool { return !writtenByUs(run) }) {
		l.raw = nil
	}
	return n
}

// match finds the results of a log that a baseline has too.
func (l *Log) match(base *Baseline) map[*sarif.Result]bool {
	same, used := map[*sarif.Result]bool{}, map[int]bool{}
	for which, identity := range []func(*sarif.Run, *sarif.Result) string{byFingerprint, byLine} {
		open := map[string][]int{} // results of the baseline that are not used yet
		for i, keys := range base.keys {
			if key := keys[which]; key != "" && !used[i] {
				open[key] = append(open[key], i)
			}
		}
		for _, hidden := range []bool{false, true} { // what counts comes before what is suppressed anyway
			for _, run := range l.runs() {
				for _, r := range run.Results {
					if r == nil || !finding(r) || same[r] || (suppressed(r) != "") != hidden {
						continue
					}
					key := identity(run, r)
					if list := open[key]; len(list) > 0 {
						same[r], used[list[0]] = true, true
						open[key] = list[1:]
					}
				}
			}
		}
	}
	return same
}

func suppression() *sarif.Suppression {
	return sarif.NewSuppression().WithKind("external").WithStatus("accepted").WithJustification(inBaseline)
}

// knownOmitted makes known what is left out, of each severity as many as the baseline
// counts beyond those that are the same: of a finding that a log leaves out no more is
// known than its number.
func (l *Log) knownOmitted(run *sarif.Run, base *Baseline, same map[*sarif.Result]bool) (n int) {
	left := omittedOf(run)
	if left == nil || l.raw != nil {
		return 0
	}
	matched := map[string]int{}
	for r := range same {
		matched[r.Level]++
	}
	for _, level := range severities {
		known := min(left[level], max(0, base.counts[level]-matched[level]))
		left[level] -= known
		n += known
	}
	setOmitted(run, left)
	return n
}

func addSuppressed(run *sarif.Run, left int) {
	if left == 0 || !writtenByUs(run) {
		return
	}
	if run.Properties == nil {
		run.Properties = property.Bag(&property.Run{})
	}
	ownProperties(run).Suppressed += left
}

// byFingerprint and byLine are by what a result is known again; empty where the log
// has nothing.
func byFingerprint(_ *sarif.Run, r *sarif.Result) string { return r.Fingerprints[fingerprintKey] }

func byLine(run *sarif.Run, r *sarif.Result) string {
	hash := r.PartialFingerprints[lineHashKey]
	if hash == "" || len(r.Locations) == 0 {
		return ""
	}
	return deref(r.RuleID) + "\x00" + placeOf(run, r.Locations[0]).File + "\x00" + hash
}

// fingerprintOf is what views show as the fingerprint.
func fingerprintOf(r *sarif.Result) string {
	if f := r.Fingerprints[fingerprintKey]; f != "" {
		return f
	}
	return r.PartialFingerprints[lineHashKey]
}
