package explain

import (
	"errors"
	"slices"
	"strings"
	"text/template/parse"
	"time"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/source"
)

// Trial is a chart that was rendered by the tracing engine alone, to see what its templates
// decide upon. Whether Helm renders the same, Confirm says.
type Trial struct {
	e   *tracer
	own map[string]*traced
	// err is the tracing engine's own, and fault what is to be said of it.
	err    error
	fault  error
	schema bool     // a schema refuses the values
	helm   *helmRun // since Begin
}

// Try renders what is prepared. It is called once for each Inputs, which Render has not seen.
func Try(in *chart.Inputs, o chart.Options) *Trial {
	o.Sequential = true
	t := &Trial{e: newTracer(in, o)}
	t.e.watch = newWatch()
	if faults, _ := in.SchemaErrors(); len(faults) > 0 {
		t.fault, t.schema = joined(faults), true
		return t
	}
	begun := time.Now()
	t.own, t.err = t.e.render()
	t.e.took("explain", begun)
	switch {
	case t.e.fault != nil:
		t.fault = t.e.fault
	case t.e.bug != nil:
		t.fault = t.e.bug.Fault(in.Chart.InputPath())
	case t.err != nil:
		t.fault = t.e.renderError(t.err, t.err)
	}
	return t
}

// Unprepared is a trial of values that cannot be prepared.
func Unprepared(err error) *Trial {
	return &Trial{e: &tracer{}, fault: err}
}

// Fault is Err, or the first of several; nil where the chart renders.
func (t *Trial) Fault() (first *source.Error) {
	errors.As(t.fault, &first)
	return first
}

// Err is why the chart does not render; nil where it does. It is a *source.Error, or several
// of them, joined.
func (t *Trial) Err() error { return t.fault }

// Over reports whether a limit or the deadline has ended the trial, rather than the chart.
func (t *Trial) Over() bool { return t.e.fault != nil }

// Coverage is what the render has come to, up to where it failed.
func (t *Trial) Coverage() coverage.Coverage { return t.e.covered() }

// Begin lets Helm's engine begin with what Confirm asks it for, beside whatever comes before that.
// Nothing can stop it.
func (t *Trial) Begin() {
	if t.fault != nil || t.helm != nil {
		return
	}
	t.helm = t.e.startHelm()
}

// Confirm lets Helm's engine render the same, and returns what Render would have. Where both
// differ, the Coverage of the result is nil.
func (t *Trial) Confirm() (*Result, error) {
	if t.fault != nil {
		return nil, t.fault
	}
	t.Begin()
	return t.e.refereed(t.own, t.err, t.helm)
}

// Expected is what Confirm would return if Helm renders the same, which nobody has asked it: it is
// for searches, whose outcome Helm renders.
func (t *Trial) Expected() (*Result, error) {
	if t.fault != nil {
		return nil, t.fault
	}
	e, result := t.e, &Result{Coverage: t.Coverage()}
	for name, own := range t.own {
		if strings.TrimSpace(own.text) == "" {
			result.Empty = append(result.Empty, name)
			continue
		}
		result.Manifests = append(result.Manifests, &Manifest{Name: name, Template: e.in.File(name), Text: own.text, Exact: true, explain: own, e: e})
	}
	result.finish(e.in)
	return result, nil
}

// Decision is the one whose condition begins at a place of a template file, in bytes of its
// source; nil where the render has not come to it. Of a dependency
// with several aliases it is that of the first one, by name, in which it has.
func (t *Trial) Decision(file *source.File, pos int) *Decision {
	var first *Decision
	name := ""
	for own, text := range t.e.texts {
		if text.file != file || first != nil && own > name {
			continue
		}
		if d := t.e.watch.decisions[watchKey{text, pos}]; d != nil && len(d.Seen) > 0 {
			first, name = d, own
		}
	}
	return first
}

// Stop is an action in which a render has failed, or one around it: the call of the template
// that the inner one is in.
type Stop struct {
	File *source.File // nil for a text of tpl
	Pos  int          // where its pipeline begins in the source of the template, in bytes
	Pipe *parse.PipeNode
	Seen Seen
}

// Stops are where the render has failed, the innermost action first; none where it did not
// come to an action.
func (t *Trial) Stops() []Stop {
	var all []Stop
	e := t.e
	if e.in == nil {
		return nil
	}
	s, frame, round := e.site, e.frame, e.inRound
	for ; s != nil && frame != nil && len(all) < maxStops; s, frame, round = frame.site, frame.parent, frame.round {
		if pipe := e.watch.pipes[s]; pipe != nil {
			all = append(all, Stop{s.text.file, s.pos, pipe, Seen{scene{e, frame, s.block, round}, s}})
		}
	}
	return all
}

// Arm is a decision around an action: Else says that the action is in the else of it.
type Arm struct {
	Decision *Decision
	Else     bool
	Seen     Seen // in the same execution of the template, where that is known
}

// Around are the decisions around the action, the innermost first.
func (s Stop) Around() []Arm {
	var all []Arm
	for _, a := range slices.Backward(s.Seen.site.around) {
		for _, seen := range slices.Backward(a.decision.Seen) {
			if seen.frame == s.Seen.frame {
				all = append(all, Arm{a.decision, a.els, seen})
				break
			}
		}
	}
	return all
}

// maxStops is how many calls around a failing action are of interest.
const maxStops = 16

// Refusal is the text with which the chart has called fail or required. It may hold values.
func (t *Trial) Refusal() (message string, is bool) {
	if t.err == nil || t.e.site == nil {
		return "", false
	}
	text := shortened(t.err.Error())
	for _, function := range []string{"fail", "required"} {
		if at := strings.LastIndex(text, "error calling "+function+": "); at >= 0 {
			return text[at+len("error calling "+function+": "):], true
		}
	}
	return "", false
}

// Refuses reports whether the chart refuses the values: by fail, required or a schema.
func (t *Trial) Refuses() bool {
	_, is := t.Refusal()
	return is || t.schema
}

// Fails reports whether an action of a template has failed: not by fail or required, with which the chart itself
// refuses values, and not because of a schema or a limit.
func (t *Trial) Fails() bool {
	_, refuses := t.Refusal()
	return t.err != nil && !refuses && t.e.fault == nil && t.e.bug == nil
}

// Values are the root's values with which templates were called. They must not be changed.
func (t *Trial) Values() map[string]any {
	if t.e.in == nil {
		return nil
	}
	return t.e.in.Values
}
