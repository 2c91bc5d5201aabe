package object

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// maxSuspected is how many lines above the one at which a text stops being YAML are looked at:
// what is wrong is that line or nearly always the one above it, and farther up there are
// other differences.
const maxSuspected = 4

// Suspect is the place of what is likely to be wrong in a text that is no YAML, seen from another
// text of the same template that is YAML: of what the other one does not have at the line where
// the text stops being YAML, or nearest above it. The parser gives up there, which may be below
// a line that is only at a wrong column. What a dependency has rendered is at the call
// that is not of one, where there is such a call; the trace has the calls around the place. ok is
// false where all documents of the text are YAML and where the other one has these lines too.
func Suspect(text, valid string, loc TextLocator) (o source.Origin, ok bool) {
	start, end, ok := suspect(text, valid)
	if !ok {
		return source.Origin{}, false
	}
	o = trimmed(text, start, end, loc)
	if !o.Span.Valid() {
		return source.Origin{}, false
	}
	calls := slices.DeleteFunc(slices.Clone(o.Trace), func(s source.Step) bool { return !s.Call() || !s.Span.Valid() })
	for i, s := range calls {
		if o.Span.File.Dependency != "" && s.Span.File.Dependency == "" {
			o.Span, o.Kind, calls = s.Span, source.Action, calls[i+1:]
			break
		}
	}
	o.Trace = calls
	return o, true
}

// trimmed is the origin of a part of a line, or of the action that has joined the line of two, by taking away
// the line break before or after it.
func trimmed(text string, start, end int, loc TextLocator) source.Origin {
	o := loc.Origin(start, end)
	if !o.Span.Valid() {
		return o
	}
	own := o.Span.Begin().Line
	for at := start + 1; at < min(end, start+maxTrimmed); at++ {
		if behind := loc.Origin(at, end); behind.Span.Valid() && behind.Span.File == o.Span.File && behind.Span.Begin().Line > own {
			return behind
		}
	}
	if strings.TrimSpace(text[strings.LastIndexByte(text[:start], '\n')+1:start]) == "" {
		return o
	}
	before := strings.TrimRight(string(o.Span.File.Data[:o.Span.Start]), " \t\r\n")
	if begin := strings.LastIndex(before, "{{"); begin >= 0 && strings.HasSuffix(before, "-}}") {
		o.Span.Start, o.Span.End, o.Kind = begin, len(before), source.Action
	}
	return o
}

// maxTrimmed is how many bytes of a line are asked for their origins.
const maxTrimmed = 1000

// Remedy is what to do about a place that Suspect has found, for what is usual there; empty where nothing is.
func Remedy(at source.Span) string {
	if !at.Valid() {
		return ""
	}
	data := string(at.File.Data)
	begin := strings.LastIndex(data[:min(len(data), at.Start+2)], "{{")
	if begin < 0 || strings.Contains(data[begin:max(at.Start, begin)], "}}") {
		return ""
	}
	action, _, _ := strings.Cut(data[begin:], "}}")
	switch word, _, _ := strings.Cut(strings.TrimLeft(action, "{- \t"), " "); {
	case strings.Contains(action, "nindent"):
		return "indent what this action writes as deep as the lines beside it, and deeper than the key above it"
	case strings.HasPrefix(action, "{{-") && strings.Contains(action, "indent"):
		return "write nindent instead of indent: {{- takes away the line break before it"
	case strings.HasSuffix(action, "-") && slices.Contains([]string{"if", "else", "end", "with", "range"}, word):
		return "write }} instead of -}}, which takes away the line break after it"
	}
	return ""
}

// suspect is Suspect without the place.
func suspect(text, valid string) (start, end int, ok bool) {
	for _, c := range split(text, Helm) {
		body := text[c.start:c.end]
		if _, err := parseYAML(body, true); err == nil {
			continue
		}
		offset, _ := yamltext.FaultOffset(body)
		known := map[string]bool{}
		for line := range strings.Lines(valid) {
			known[strings.TrimRight(line, " \t\r\n")] = true
		}
		var lines []int // starts of those that are not blank, as far as the fault
		for at := 0; at <= offset && at < len(body); at = yamltext.LineEnd(body, at) + 1 {
			if strings.TrimSpace(body[at:yamltext.LineEnd(body, at)]) != "" {
				lines = append(lines, at)
			}
		}
		for i := len(lines) - 1; i >= max(0, len(lines)-1-maxSuspected); i-- {
			line := strings.TrimRight(body[lines[i]:yamltext.LineEnd(body, lines[i])], " \t\r")
			if !known[line] {
				at := c.start + lines[i]
				return at + glued(line, known), at + len(line), true
			}
		}
		return 0, 0, false
	}
	return 0, 0, false
}

// glued is where in a line the text begins that is not in the others: behind one of them that
// a trimmed line feed has joined with it, else behind its blanks.
func glued(line string, known map[string]bool) int {
	from := 0
	for other := range known {
		if len(other) > from && strings.HasPrefix(line, other) && strings.TrimSpace(other) != "" {
			from = len(other)
		}
	}
	return from + len(line[from:]) - len(strings.TrimLeft(line[from:], " \t"))
}
