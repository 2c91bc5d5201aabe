package helm

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/explore"
	"github.com/mesh-check/mesh-check/render/source"
)

// Refusal is settings with which a chart does not render.
type Refusal struct {
	Settings []Setting
	Error    *source.Error
	// Fails says that a template fails, rather than that the chart refuses the settings.
	Fails bool

	lines map[string]coverage.Bits // that it has come to, and nothing before it had
}

// findRefusals finds the attempts of one branch alone with which the chart does not render. Where prove is set, each
// is tried again with what is said of it: the attempt had other settings too.
func (e *Explored) findRefusals(prove bool) {
	for _, r := range e.found.Refusals {
		settings := r.Settings
		if prove {
			settings = e.refusedFor(r)
		}
		e.Refused = append(e.Refused, Refusal{Settings: settings, Error: r.Err, lines: r.Lines})
	}
	for _, f := range e.found.Failures {
		if len(f.Own) > 0 && (len(f.Own) == len(f.Settings) || prove && e.failsAlone(f)) {
			e.attempts = append(e.attempts, Refusal{Settings: f.Own, Error: f.Err, Fails: true, lines: f.Lines})
		}
	}
}

// refusedFor are the settings that the chart refuses in an attempt: those that it was made for, if it refuses them
// alone, else the fewest with which it says the same.
func (e *Explored) refusedFor(r explore.Refusal) []Setting {
	if len(r.All) == len(r.Settings) || r.Err == nil {
		return r.Settings
	}
	key := faultKeyOf(r.Err)
	smallest, ok := explore.Smallest(r.All, r.Settings, func(some []Setting) bool {
		if e.asked++; e.asked > maxRefused || e.Late() {
			return false
		}
		t := e.trial(some)
		return t.Refuses() && t.Fault() != nil && faultKeyOf(t.Fault()) == key
	})
	if !ok {
		return r.All
	}
	return smallest
}

// maxRefused is how many renders it may take to find out what a chart refuses.
const maxRefused = 100

// Prevents is the refusal of settings that lead to a part of a file which is not reached, because a chart that
// does not render reaches nothing: the part is where it stops, the attempt has come to it, or one of the settings decides
// its condition. It is not dead then. nil: there is no such refusal.
func (e *Explored) Prevents(file *source.File, g Gap) *Refusal {
	for _, leads := range []func(Refusal) bool{
		func(r Refusal) bool { return r.stopsIn(file, g) },
		func(r Refusal) bool { return r.comesTo(file, g) },
		func(r Refusal) bool {
			return slices.ContainsFunc(r.Settings, func(s Setting) bool { return opens(s, g) })
		},
	} {
		for _, all := range [][]Refusal{e.Refused, e.attempts} {
			if i := slices.IndexFunc(all, func(r Refusal) bool { return r.Error != nil && leads(r) }); i >= 0 {
				return &all[i]
			}
		}
	}
	return nil
}

// NotTried is why exploring has not tried to reach a part of a file that is not reached; empty where it has, and
// where nobody would: what does nothing but refuse.
func (e *Explored) NotTried(file *source.File, g Gap) string {
	if g.Refuses || g.Left {
		return ""
	}
	return e.found.NotTried(file.Path, g)
}

// OnlyFails reports whether each render with what was tried to reach a part of a file that is not reached has failed.
func (e *Explored) OnlyFails(file *source.File, g Gap) bool {
	return !g.Refuses && !g.Left && e.found.OnlyFails(file.Path, g)
}

// stopsIn reports whether rendering stops in a part of a file.
func (r *Refusal) stopsIn(file *source.File, g Gap) bool {
	if !r.Error.At.Valid() || r.Error.At.File.Path != file.Path {
		return false
	}
	line := r.Error.At.Begin().Line
	return g.First <= line && line <= g.Last
}

// comesTo reports whether the attempt has come to a part of a file before rendering stopped.
func (r *Refusal) comesTo(file *source.File, g Gap) bool {
	for line := g.First; line <= g.Last && g.Lines > 0; line++ {
		if r.lines[file.Path].Has(line) {
			return true
		}
	}
	return false
}

// opens reports whether a setting alone decides the condition of a part so that it is rendered, as far as that
// can be read from the condition: it is the value itself, or what the value is compared with.
func opens(s Setting, g Gap) bool {
	path, value, is := strings.Cut(s.Text, "=")
	empty := slices.Contains([]string{"false", "null", "0", "", "{}", "[]"}, value)
	condition := strings.ReplaceAll(strings.Trim(g.Condition, "()"), "$.", ".")
	if !is || g.Left {
		return false
	}
	switch g.Kind {
	case coverage.If, coverage.With, coverage.Range:
		return condition == ".Values."+path && !empty || condition == "not .Values."+path && empty ||
			condition == "eq .Values."+path+" "+strconv.Quote(value)
	case coverage.Else, coverage.WithElse, coverage.RangeElse:
		return condition == ".Values."+path && empty || condition == "not .Values."+path && !empty
	}
	return false
}
