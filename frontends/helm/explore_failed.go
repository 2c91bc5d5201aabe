package helm

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/render/explain"
	"github.com/mesh-check/mesh-check/render/explore"
	"github.com/mesh-check/mesh-check/render/source"
)

// failures finds the switches of which each alone makes a template fail. Where nothing excuses that, it is a broken
// branch; the others are noted in Failed.
func (e *Explored) failures() (broken []BrokenBranch) {
	f := failing{e: e, known: map[string]*source.Error{}, blamed: map[faultKey]bool{}}
	for _, one := range e.found.Failures {
		f.each(one.Likely)
	}
	for _, one := range e.found.Failures {
		if key := faultKeyOf(one.Err); !f.blamed[key] {
			f.blamed[key] = true
			smallest, ok := explore.Smallest(switches(one.Settings), nil, func(some []Setting) bool {
				fault := f.with(some)
				return fault != nil && faultKeyOf(fault) == key
			})
			if ok {
				f.each(smallest)
			}
		}
	}
	for _, s := range f.found {
		alone := []Setting{s}
		fault := f.known[explore.KeyOf(alone)]
		if fault = e.failsInHelm(alone, fault); fault == nil || e.Late() {
			continue
		}
		e.culprits = append(e.culprits, alone)
		e.attempts = append(e.attempts, Refusal{Settings: alone, Error: fault, Fails: true})
		if fault.At.Valid() && !e.lacksDependency(fault) && !e.found.Excused(e.trial(alone), s) {
			broken = append(broken, BrokenBranch{Settings: alone, Error: fault, Template: fault.At.File.Path, Fails: true})
			continue
		}
		e.Failed = append(e.Failed, Refusal{Settings: alone, Error: fault, Fails: true})
	}
	return broken
}

// failing looks for the switches that make a template fail.
type failing struct {
	e      *Explored
	known  map[string]*source.Error // with which fault a template fails, by settings; nil: with none
	blamed map[faultKey]bool
	found  []Setting
}

// each tries switches alone.
func (f *failing) each(settings []Setting) {
	for _, s := range switches(settings) {
		if fault := f.with([]Setting{s}); fault != nil {
			f.blamed[faultKeyOf(fault)] = true
			if !slices.ContainsFunc(f.found, same(s)) {
				f.found = append(f.found, s)
			}
		}
	}
}

// with is the fault with which a template fails.
func (f *failing) with(settings []Setting) *source.Error {
	key := explore.KeyOf(settings)
	fault, known := f.known[key]
	if known || f.e.Late() {
		return fault
	}
	if len(f.known) >= maxFailing {
		f.e.stop(stoppedFailing)
		return nil
	}
	if t := f.e.trial(settings); t.Fails() {
		fault = t.Fault()
	}
	f.known[key] = fault
	return fault
}

// failsAlone reports whether what has failed with some settings does so with those of its branch alone.
func (e *Explored) failsAlone(f explore.Failure) bool {
	if e.again++; e.again > maxFailing {
		e.stop(stoppedFailing)
		return false
	}
	if e.Late() {
		return false
	}
	t := e.trial(f.Own)
	return t.Fails() && faultKeyOf(t.Fault()) == faultKeyOf(f.Err)
}

// maxFailing is how many renders the switches that make a template fail may take.
const maxFailing = 60

// stoppedFailing is the reason to stop behind them.
const stoppedFailing = "templates fail with more settings than are tried one by one"

// stop notes why exploring ended early: the first reason.
func (e *Explored) stop(reason string) {
	if e.Stopped == "" {
		e.Stopped = reason
	}
}

// switches are the settings that turn something on or off of which the chart says that one can.
func switches(settings []Setting) (some []Setting) {
	for _, s := range settings {
		if _, is := s.Value.(bool); is && (s.Basis == explore.Switch || s.Basis == explore.Off) {
			some = append(some, s)
		}
	}
	return some
}

// failsInHelm is how Helm's engine, too, fails with settings, at the same place; nil where it does not.
func (e *Explored) failsInHelm(settings []Setting, fault *source.Error) *source.Error {
	o := explore.Apply(e.base, settings)
	in, err := e.chart.chart.Prepare(o)
	if err != nil {
		return nil
	}
	if _, err = explain.Render(in, o); err == nil {
		return nil
	}
	for _, own := range e.chart.errors(err) {
		if own.At.String() == fault.At.String() {
			return own
		}
	}
	return nil
}

// lacksDependency reports whether a template fails because the chart's dependencies are not all there.
func (e *Explored) lacksDependency(fault *source.Error) bool {
	return strings.Contains(fault.What, "no template ") && slices.ContainsFunc(e.chart.Problems(), func(p *source.Error) bool { return strings.HasPrefix(p.What, "dependency ") })
}
