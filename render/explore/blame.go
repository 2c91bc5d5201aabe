package explore

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/explain"
	"github.com/mesh-check/mesh-check/render/source"
)

// blamed is what is known of a failure.
type blamed struct {
	place   string      // where it was
	about   []Setting   // the settings that it is about, of those that were tried
	repairs [][]Setting // what would have the failing action not be executed
}

// repair is the first repair that takes nothing back of what is tried. One that takes something
// away is the last resort: what the failure is about can be left out instead.
func (b blamed) repair(own, repairs []Setting, last bool) []Setting {
	for _, r := range b.repairs {
		if takesAway(r) && !last && len(b.about) > 0 {
			continue
		}
		if !clash(r, own) && !clash(r, repairs) && !overlap(r, own) && !overlap(r, repairs) {
			return r
		}
	}
	return nil
}

// blame finds out what a failed render has failed at.
func (x *search) blame(t *explain.Trial, own []Setting) (b blamed) {
	message, refuses := t.Refusal()
	x.sources.values = t.Values()
	stops := t.Stops()
	for i, stop := range stops {
		if i == 0 {
			b.place = fmt.Sprintf("%p:%d", stop.File, stop.Pos)
		}
		paths := waysOf(stop)
		if refuses {
			if i == 0 {
				paths = append(paths, x.unless(&b, messageOf(stop), false, stop.Seen)...)
			}
			for _, arm := range stop.Around() {
				paths = append(paths, waysOf(explain.Stop{Pipe: arm.Decision.Pipe, Seen: arm.Seen})...)
				paths = append(paths, x.unless(&b, pipeline(arm.Decision.Pipe), arm.Else, arm.Seen)...)
			}
		}
		if i < maxBlamed {
			b.about = append(b.about, touching(own, paths)...)
		}
		if !refuses && len(b.about) > 0 {
			break
		}
	}
	text := message
	if !refuses {
		text = errorText(t)
	}
	if is := named(own, text); len(is) > 0 && refuses || len(b.about) == 0 {
		b.about = is
	}
	slices.SortStableFunc(b.repairs, func(a, b []Setting) int { return len(named(b, text)) - len(named(a, text)) })
	if required, ok := requiredOf(stops); ok && refuses {
		b.repairs = append(x.sources.alternatives(plan{required}), b.repairs...)
	}
	return b
}

// unless adds the ways in which an expression would come out differently, and returns the values
// that it hangs on.
func (x *search) unless(b *blamed, e expression, want bool, seen explain.Seen) (paths []chart.Path) {
	for _, p := range newReader().plans(e, want, seen) {
		b.repairs = append(b.repairs, x.sources.alternatives(p)...)
		for _, n := range p {
			if n.path != nil {
				paths = append(paths, n.path)
			}
		}
	}
	return paths
}

// messageOf is what fail is called with.
func messageOf(stop explain.Stop) expression {
	x := pipeline(stop.Pipe)
	if x.function == "fail" && len(x.args) == 1 {
		return x.args[0]
	}
	return expression{}
}

// maxBlamed is how many calls around a failing action are searched for settings.
const maxBlamed = 4

// errorText is what is said of a trial's failure.
func errorText(t *explain.Trial) string {
	if err := t.Err(); err != nil {
		return err.Error()
	}
	return ""
}

// waysOf are the values that an action reads.
func waysOf(s explain.Stop) (paths []chart.Path) {
	var pipe func(p *parse.PipeNode)
	node := func(n parse.Node) {
		if held := s.Seen.Way(n); held.Path != nil && held.Role == source.Value {
			paths = append(paths, held.Path)
		}
	}
	pipe = func(p *parse.PipeNode) {
		for _, cmd := range p.Cmds {
			for _, arg := range cmd.Args {
				switch n := arg.(type) {
				case *parse.PipeNode:
					pipe(n)
				case *parse.ChainNode:
					if inner, ok := n.Node.(*parse.PipeNode); ok {
						pipe(inner)
					}
				default:
					node(n)
				}
			}
		}
	}
	pipe(s.Pipe)
	return paths
}

// touching are the settings of values at or above or below one of several paths; the root of all
// values does not count.
func touching(all []Setting, paths []chart.Path) (some []Setting) {
	for _, s := range all {
		if s.Path == nil {
			continue
		}
		if slices.ContainsFunc(paths, func(p chart.Path) bool {
			n := min(len(p), len(s.Path))
			return n > 0 && slices.Equal(p[:n], s.Path[:n]) && (len(p) > 1 || len(s.Path) == 1)
		}) {
			some = append(some, s)
		}
	}
	return some
}

// dotted are names such as a.b in texts.
var dotted = regexp.MustCompile(`[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+`)

// named are the settings that a text names.
func named(all []Setting, text string) (some []Setting) {
	names := dotted.FindAllString(text, -1)
	for _, s := range all {
		keys := keysOf(s.Path)
		if len(keys) == 0 {
			continue
		}
		path := strings.Join(keys, ".")
		if slices.ContainsFunc(names, func(name string) bool {
			return name == path || strings.HasSuffix(name, "."+path) || len(keys) > 1 && strings.HasSuffix(path, "."+name)
		}) {
			some = append(some, s)
		}
	}
	return some
}

// requiredOf is the value that a call of required asks for.
func requiredOf(stops []explain.Stop) (n need, ok bool) {
	if len(stops) == 0 {
		return n, false
	}
	x := pipeline(stops[0].Pipe)
	for x.function != "" && x.function != "required" {
		inner, passes := x.passed()
		if !passes {
			return n, false
		}
		x = inner
	}
	if x.function != "required" || len(x.args) != 2 {
		return n, false
	}
	held := x.args[1].way(stops[0].Seen)
	if held.Path == nil || held.Role != source.Value {
		return n, false
	}
	return need{what: isTrue, path: held.Path, data: held.Data}, true
}

// refused notes settings that the chart itself refuses, once for each reason; all are those of the attempt.
func (x *search) refused(t *explain.Trial, settings, all []Setting) {
	fault := t.Fault()
	if !t.Refuses() || len(x.result.Refusals) >= maxRefusals {
		return
	}
	for _, r := range x.result.Refusals {
		if keyOf(r.Settings) == keyOf(settings) && fault != nil && r.Err != nil && r.Err.What == fault.What && r.Err.At == fault.At {
			for path, lines := range x.beyond(t) {
				r.Lines[path] = lines.With(r.Lines[path])
			}
			return
		}
	}
	x.result.Refusals = append(x.result.Refusals, Refusal{Settings: settings, All: all, Err: fault, Lines: x.beyond(t)})
}

// beyond are the lines that a trial has come to, and no render before it.
func (x *search) beyond(t *explain.Trial) map[string]coverage.Bits {
	all := map[string]coverage.Bits{}
	known := linesOf(x.ever)
	for path, lines := range linesOf(t.Coverage()) {
		if more := lines.Without(known[path]); more.Count() > 0 {
			all[path] = more
		}
	}
	return all
}

// maxRefusals is how many refusals are kept.
const maxRefusals = 50
