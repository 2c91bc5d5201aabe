package explore

import (
	"regexp"
	"slices"
	"text/template/parse"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/explain"
	"github.com/mesh-check/mesh-check/render/source"
)

// Failure is settings with which a template fails, though the chart does not refuse them: it reads what is
// not there, or calls a function with what that does not take.
type Failure struct {
	Settings []Setting // all of the attempt
	Likely   []Setting // those of them that lead to the action which fails
	Own      []Setting // what was tried, where that was one branch alone, and what the chart asked for with that
	Err      *source.Error
	Lines    map[string]coverage.Bits // as of a Refusal, where Own is set
}

// maxFailures is how many failures are kept.
const maxFailures = 200

// fails notes settings with which a template fails.
func (x *search) fails(t *explain.Trial, settings []Setting, batch []*candidate, current []Setting) {
	fault := t.Fault()
	if !t.Fails() || fault == nil || len(x.result.Failures) >= maxFailures {
		return
	}
	var paths []chart.Path
	for _, stop := range t.Stops() {
		paths = append(paths, waysOf(stop)...)
		for _, arm := range stop.Around() {
			paths = append(paths, waysOf(explain.Stop{Pipe: arm.Decision.Pipe, Seen: arm.Seen})...)
		}
	}
	f := Failure{Settings: settings, Likely: touching(settings, paths), Err: fault}
	if len(batch) == 1 {
		f.Own, f.Lines = without(settings, current), x.beyond(t)
		f.Likely = with(f.Likely, f.Own...)
	}
	x.result.Failures = append(x.result.Failures, f)
}

// Excused reports whether a failure with one setting alone may be nobody's fault, or ours: where the template asks
// the cluster, which a render does not have; where a template fails that is a value itself; where the action that fails reads the setting itself, whose value may be
// wrong; and where it reads a value which the chart has left empty or speaks of in a comment, so that whoever turns
// the setting on is meant to give it.
func (e *Explored) Excused(t *explain.Trial, s Setting) bool {
	stops := t.Stops()
	if !t.Fails() || len(stops) == 0 || stops[0].File == nil || e.sources.asksCluster(stops) || isAboutBool(errorText(t)) {
		return true
	}
	read, texts := readBy(stops[0])
	if slices.ContainsFunc(texts, func(text explain.Held) bool { return kindOf(text.Data) != "number" }) {
		return true // a template that is a value: those who turn the setting on may write it otherwise
	}
	for _, held := range read {
		if held.Role != source.Value || len(held.Path) == 0 {
			continue
		}
		n := min(len(held.Path), len(s.Path))
		if slices.Equal(held.Path[:n], s.Path[:n]) || e.isLeftToUsers(t.Values(), held.Path) {
			return true
		}
	}
	return false
}

// isAboutBool reports whether a message is about the type, as which a switch may come that others write as a text.
func isAboutBool(message string) bool {
	return boolType.MatchString(quotedPattern.ReplaceAllString(message, ""))
}

var (
	// quotedPattern is what a message repeats of a template.
	quotedPattern = regexp.MustCompile(`(?s)at <.*?>: |"[^"]*"`)
	boolType      = regexp.MustCompile(`(?:^|[^\w.$/-])bool(?:[^\w.-]|$)`)
)

// readBy is what an action reads, and what of that it gives to tpl.
func readBy(s explain.Stop) (all, texts []explain.Held) {
	var read func(x expression)
	read = func(x expression) {
		if x.function == "tpl" && len(x.args) > 0 {
			texts = append(texts, x.args[0].way(s.Seen))
		}
		if held := x.way(s.Seen); held.Path != nil {
			all = append(all, held)
		}
		for _, arg := range x.args {
			read(arg)
		}
		if inner, ok := x.node.(*parse.ChainNode); ok {
			read(expressionOf(inner.Node))
		}
	}
	read(pipeline(s.Pipe))
	return all, texts
}

// isLeftToUsers reports whether a value, or what it is in, is empty or not there, and the chart speaks of it.
func (e *Explored) isLeftToUsers(values map[string]any, path chart.Path) bool {
	for i := range path {
		value, is := chart.Lookup(values, path[:i+1])
		switch {
		case is && hasNothing(value):
			return true // a place for it
		case !is:
			return e.sources.mentions(path[:i+1])
		}
	}
	return false
}

// hasNothing reports whether a value is one that people are meant to fill in.
func hasNothing(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// mentions reports whether the files of the charts say anything of a value that is not there.
func (s *sources) mentions(path chart.Path) bool {
	var keys []string
	for _, step := range path {
		if key, is := step.(string); is {
			keys = append(keys, key)
		}
	}
	for i, p := range s.parts {
		own, below := keys, len(keys) > 0 && keys[0] == "global"
		if len(keys) > len(p.Path) && slices.Equal(keys[:len(p.Path)], p.Path) {
			own, below = keys[len(p.Path):], true
		}
		if below && s.documents[i].Speaks(own) {
			return true
		}
	}
	return false
}
