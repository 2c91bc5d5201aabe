package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/mesh-check/mesh-check/checks"
)

// reportFlags say what is reported and what fails the run.
type reportFlags struct {
	failOn, primary, baseline         string
	enable, disable, only, severities []string
	showSuppressed                    bool
}

func (f *reportFlags) group() group {
	g := newGroup("What to report")
	fs := g.flags
	f.failOnFlag(fs)
	fs.StringSliceVar(&f.only, "only", nil, "run these `checks` (ids or names) and no others")
	fs.StringSliceVar(&f.disable, "disable", nil, "leave these `checks` out (ids, names or all)")
	fs.StringSliceVar(&f.enable, "enable", nil, "run these `checks` though --disable takes them away")
	fs.StringSliceVar(&f.severities, "severity", nil, "another level for a check, as `ID=LEVEL`")
	fs.StringVar(&f.baseline, "baseline", "", "SARIF `file` of an earlier run: what it has does not count")
	fs.BoolVar(&f.showSuppressed, "show-suppressed", false, "report suppressed findings too; they do not count")
	fs.StringVar(&f.primary, "primary", "template", "`PLACE` of a finding where the value is written elsewhere: template, value")
	return g
}

func (f *reportFlags) failOnFlag(fs *pflag.FlagSet) {
	fs.StringVar(&f.failOn, "fail-on", "error", "exit with 1 on findings of this `LEVEL` or above: error, warning, note, never")
}

// levels are the severities in falling order, as --fail-on and --severity name them.
var levels = []checks.Severity{checks.Error, checks.Warning, checks.Note}

// failing are the severities that fail the run.
func (f *reportFlags) failing() ([]checks.Severity, error) {
	if err := oneOf("fail-on", &f.failOn, "error", "warning", "note", "never"); err != nil {
		return nil, err
	}
	at := slices.Index(levels, checks.Severity(f.failOn))
	return levels[:at+1], nil // never is not in the list: none
}

// selection checks the names of checks and makes a Selection of the flags.
func (f *reportFlags) selection() (checks.Selection, error) {
	if err := oneOf("primary", &f.primary, "template", "value"); err != nil {
		return checks.Selection{}, err
	}
	sel := checks.Selection{Severity: map[string]checks.Severity{}}
	for _, list := range []struct {
		flag  string
		names []string
		into  *[]string
	}{{"only", f.only, &sel.Only}, {"enable", f.enable, &sel.Enable}, {"disable", f.disable, &sel.Disable}} {
		for _, name := range list.names {
			id, err := checkID(name)
			if err != nil {
				return sel, fmt.Errorf("--%s: %w", list.flag, err)
			}
			*list.into = append(*list.into, id)
		}
	}
	for _, s := range f.severities {
		name, level, ok := strings.Cut(s, "=")
		if !ok {
			return sel, fmt.Errorf("--severity %s: must be ID=LEVEL", oneLine(s))
		}
		id, err := checkID(name)
		if err != nil {
			return sel, fmt.Errorf("--severity: %w", err)
		}
		if err := oneOf("severity "+name, &level, "error", "warning", "note"); err != nil {
			return sel, err
		}
		if id != "all" {
			sel.Severity[id] = checks.Severity(level)
			continue
		}
		for _, c := range checks.Suite {
			if _, own := sel.Severity[c.ID]; !own {
				sel.Severity[c.ID] = checks.Severity(level)
			}
		}
	}
	return sel, nil
}

// checkID is the id of a check by id (in any case) or name; "all" stays.
func checkID(name string) (string, error) {
	name = strings.TrimSpace(name)
	if name == "all" {
		return name, nil
	}
	if c, ok := checks.Find(name); ok {
		return c.ID, nil
	}
	if c, ok := checks.Find(strings.ToUpper(name)); ok {
		return c.ID, nil
	}
	words := map[string]string{}
	for _, c := range checks.Suite {
		words[c.ID], words[c.Name] = c.ID, c.Name
	}
	return "", fmt.Errorf("unknown check %q%s", oneLine(name), didYouMean(name, slices.Sorted(maps.Keys(words)), "mesh-check checks lists them"))
}

// didYouMean is the hint behind an unknown word: the nearest known one, else the
// other advice.
func didYouMean(word string, known []string, otherwise string) string {
	best, least := "", len(word)/3+2 // further away is no slip of the finger
	for _, k := range known {
		if d := distance(strings.ToLower(word), strings.ToLower(k)); d < least {
			best, least = k, d
		}
		if len(word) >= 4 && strings.Contains(k, strings.ToLower(word)) {
			best, least = k, 0
		}
	}
	if best == "" {
		return "; " + otherwise
	}
	return fmt.Sprintf("; did you mean %s?", best)
}

// distance is the Levenshtein distance of two words, in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			next := diagonal
			if a[i-1] != b[j-1] {
				next++
			}
			diagonal = row[j]
			row[j] = min(next, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
