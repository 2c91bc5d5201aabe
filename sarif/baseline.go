package sarif

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

// known is the justification of results that a baseline has.
const known = "known in the baseline"

// Without marks the results that a baseline knows too: they are suppressed and their
// baselineState is "unchanged", that of the others is "new". Known results stay in
// the log only if it was built to show suppressed ones. It returns how many of the
// results that counted are known now.
//
// A result is known again by our own fingerprint, else by rule, file and
// primaryLocationLineHash, as code scanning does it. Each result of the baseline
// makes one result known.
func (l *Log) Without(base *Log) int {
	keys := map[string]int{}
	for _, run := range base.runs() {
		for _, r := range run.Results {
			if r != nil && finding(r) {
				keys[identity(run, r)]++
			}
		}
	}
	n := 0
	l.told = nil
	states := map[*sarif.Result]bool{}
	for _, run := range l.runs() {
		kept := make([]*sarif.Result, 0, len(run.Results))
		left := 0
		for _, r := range run.Results {
			if r == nil || !finding(r) {
				kept = append(kept, r)
				continue
			}
			key := identity(run, r)
			is := key != "" && keys[key] > 0
			states[r] = is
			r.WithBaselineState("new")
			if is {
				keys[key]--
				r.WithBaselineState("unchanged")
			}
			if is && suppressed(r) == "" {
				n++
				r.AddSuppression(suppression())
				if !l.showSuppressed {
					left++
					continue
				}
			}
			kept = append(kept, r)
		}
		run.Results = kept
		addLeftOut(run, left)
	}
	l.markRaw(states)
	return n
}

func suppression() *sarif.Suppression {
	return sarif.NewSuppression().WithKind("external").WithStatus("accepted").WithJustification(known)
}

func addLeftOut(run *sarif.Run, left int) {
	if left == 0 || !own(run) {
		return
	}
	var before int
	property(run, "suppressed", &before)
	if run.Properties == nil {
		run.Properties = bag(sarif.Properties{})
	}
	run.Properties.Properties["suppressed"] = before + left
}

// identity is by what a result is known again; empty where the log has nothing.
func identity(run *sarif.Run, r *sarif.Result) string {
	if f := r.Fingerprints[fingerprintKey]; f != "" {
		return fingerprintKey + " " + f
	}
	if hash := r.PartialFingerprints[lineHashKey]; hash != "" && len(r.Locations) > 0 {
		return fmt.Sprint(deref(r.RuleID), "\x00", placeOf(run, r.Locations[0]).File, "\x00", hash)
	}
	return ""
}

// fingerprintOf is what views show as the fingerprint.
func fingerprintOf(r *sarif.Result) string {
	if f := r.Fingerprints[fingerprintKey]; f != "" {
		return f
	}
	return r.PartialFingerprints[lineHashKey]
}

// markRaw writes the marks into the document of a log that was read: its results
// stand in the same order as those of go-sarif's structs.
func (l *Log) markRaw(states map[*sarif.Result]bool) {
	if l.raw == nil {
		return
	}
	var doc map[string]any
	dec := json.NewDecoder(bytes.NewReader(l.raw))
	dec.UseNumber()
	if dec.Decode(&doc) != nil {
		return // Read has decoded it before
	}
	runs, _ := doc["runs"].([]any)
	for i, run := range l.report.Runs {
		if run == nil || i >= len(runs) {
			continue
		}
		rawRun, _ := runs[i].(map[string]any)
		results, _ := rawRun["results"].([]any)
		for j, r := range run.Results[:min(len(run.Results), len(results))] {
			raw, _ := results[j].(map[string]any)
			is, ok := states[r]
			if !ok || raw == nil {
				continue
			}
			raw["baselineState"] = *r.BaselineState
			if is && len(r.Suppressions) > 0 {
				raw["suppressions"] = rawSuppressions(r)
			}
		}
	}
	if data, err := json.Marshal(doc); err == nil {
		l.raw = data
	}
}

func rawSuppressions(r *sarif.Result) any {
	var b bytes.Buffer
	var list any
	if encode(&b, r.Suppressions) == nil && json.Unmarshal(b.Bytes(), &list) == nil {
		return list
	}
	return nil
}
