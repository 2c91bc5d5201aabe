package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// plantTally counts the faults that were planted and found.
type plantTally struct {
	found        int
	spent        time.Duration // of processors, by the program
	sorts, kinds map[string]*[2]int
	reasons      map[string]int
	missed       []string // one line for each, by chart
	wrong        []string
}

func newPlantTally() *plantTally {
	return &plantTally{sorts: map[string]*[2]int{}, kinds: map[string]*[2]int{}, reasons: map[string]int{}}
}

// add counts a fault; missed is empty where it was found.
func (d *plantTally) add(p *plant, missed string) {
	for key, of := range map[string]map[string]*[2]int{p.sort: d.sorts, p.kind: d.kinds} {
		if of[key] == nil {
			of[key] = &[2]int{}
		}
		of[key][1]++
		if missed == "" {
			of[key][0]++
		}
	}
	if missed == "" {
		d.found++
		return
	}
	reason, _, _ := strings.Cut(missed, ":")
	d.reasons[reason]++
	line := fmt.Sprintf("%s %s:%d (%s, %s %s): %s", p.chart.name, p.file, p.line, p.kind, p.check, strings.Join(p.around, " > "), missed)
	d.missed = append(d.missed, line)
	if reason == "wrong" {
		d.wrong = append(d.wrong, line)
	}
}

// log writes what was found, and why the rest was not, the most frequent reason first.
func (d *plantTally) log(t *testing.T) {
	t.Helper()
	var all strings.Builder
	for _, of := range []map[string]*[2]int{d.sorts, d.kinds} {
		for _, name := range slices.Sorted(maps.Keys(of)) {
			fmt.Fprintf(&all, "%-22s %3d of %3d\n", name, of[name][0], of[name][1])
		}
	}
	reasons := slices.Sorted(maps.Keys(d.reasons))
	slices.SortStableFunc(reasons, func(a, b string) int { return d.reasons[b] - d.reasons[a] })
	for _, reason := range reasons {
		fmt.Fprintf(&all, "%3d missed: %s\n", d.reasons[reason], reason)
	}
	t.Logf("%d found, %s of processor time in the program\n%s%s", d.found, d.spent.Round(time.Millisecond), all.String(), strings.Join(d.missed, "\n"))
}

// nothingThere is why a fault is not found of which nothing is known.
const nothingThere = "nothing is reported there"

// reachedWith says of a chart in a directory with which values exploring comes to the lines of faults.
func reachedWith(program, dir string, plants []*plant) map[*plant]string {
	reached := map[*plant]string{}
	for _, values := range []string{"all", "documented"} {
		cmd := exec.Command(program, "cover", "-o", "json", "--explore="+values, ".")
		cmd.Dir = dir
		out, _ := cmd.Output()
		var is struct {
			Charts []struct {
				Files []struct {
					File      string
					Unreached [][2]int
				}
			}
		}
		if err := json.Unmarshal(out, &is); err != nil || len(is.Charts) == 0 {
			continue
		}
		for _, p := range plants {
			for _, f := range is.Charts[0].Files {
				if f.File == p.file && !slices.ContainsFunc(f.Unreached, func(r [2]int) bool { return r[0] <= p.line && p.line <= r[1] }) {
					reached[p] = values
				}
			}
		}
	}
	return reached
}
