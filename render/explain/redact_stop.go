package explain

import (
	"errors"
	"reflect"
	"strings"
	"unicode"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// halt is the error by which fail and required stop a chart, and include where there is no
// such template: the text that the template gave, in the memory that tells where it is from.
type halt struct {
	text   string
	around string // the message around the text; %s stands for it
}

func (h *halt) Error() string { return strings.Replace(h.around, "%s", h.text, 1) }

// stoppedBy is what the tracing engine knows about an error of its own; nil where it
// was not stopped in this way.
func stoppedBy(own error) *halt {
	var h *halt
	if errors.As(own, &h) {
		return h
	}
	return nil
}

// stopMessage is the message of fail or required as far as it is nobody's secret: what
// templates have written themselves, what the chart and the release are called, and what
// was computed of these. A value may be a secret, also one that went through functions; so
// the tracing engine is asked where each byte of the message comes from. Where it was
// not stopped by the same call, the message is shown only if a template has it as it is.
func (e *tracer) stopMessage(message string, own error) string {
	if h := stoppedBy(own); h != nil {
		return e.shown(h.text)
	}
	if e.in.Chart.InTemplates(message) {
		return message
	}
	return chart.Hidden
}

// shown is a text of the tracing engine with the bytes hidden that may be secret.
func (e *tracer) shown(text string) string {
	d := redaction{e: e, left: maxInputs}
	r := resolver{e: e, left: maxLeaves}
	r.str(text, where{})
	var b strings.Builder
	hide := func() {
		if !strings.HasSuffix(b.String(), chart.Hidden) {
			b.WriteString(chart.Hidden)
		}
	}
	at := 0
	for i := 0; i < len(r.out); {
		first := r.out[i]
		end, open := at+first.n, d.openLeaf(first, text[at:min(at+first.n, len(text))])
		// A spelling of several sources has its length at the first of them.
		for i++; i < len(r.out) && r.out[i].n == 0; i++ {
			open = open && d.openLeaf(r.out[i], "")
		}
		if end > len(text) {
			return chart.Hidden
		}
		if open {
			b.WriteString(text[at:end])
		} else if end > at {
			hide()
		}
		at = end
	}
	if at < len(text) {
		hide()
	}
	return b.String()
}

// redaction says what of a text may be shown to everybody.
type redaction struct {
	e    *tracer
	left int // how many more values are analyzed
}

// openRoles are what is given to templates and is no secret: names and versions.
var openRoles = map[source.Role]bool{source.ChartMeta: true, source.Release: true, source.Capabilities: true, source.Computed: true}

// openWords are spellings that are in no way secret, whatever they come from.
var openWords = map[string]bool{"true": true, "false": true, "<nil>": true, "null": true}

// openLeaf reports whether some bytes may be shown by what they come from.
func (d *redaction) openLeaf(l leaf, bytes string) bool {
	if openWords[bytes] {
		return true
	}
	switch l.kind {
	case leafMade: // what a writer of data has added may hold what could not be told apart
		return !strings.ContainsFunc(bytes, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	case leafText:
		return l.text.file != nil
	case leafLiteral:
		return l.lit.text.file != nil
	case leafValue: // the keys of values are names
		return l.key || openRoles[l.at.root().role]
	case leafComputed:
		return l.made.name != "" && !randomFuncs[l.made.name] && d.open(l.made.args)
	}
	return false
}

// open reports whether values that a function was given may be shown, all of them.
func (d *redaction) open(args []any) bool {
	for _, arg := range args {
		if !d.openValue(arg) {
			return false
		}
	}
	return true
}

func (d *redaction) openValue(v any) bool {
	if d.left--; d.left < 0 {
		return false
	}
	r := resolver{e: d.e, left: maxLeaves}
	switch v := v.(type) {
	case nil, bool:
		return true
	case string:
		if v == "" {
			return true
		}
		r.str(v, where{})
	case []string:
		for _, item := range v {
			if !d.openValue(item) {
				return false
			}
		}
		return true
	case []any:
		return d.open(v)
	case frozenList:
		return d.open(v)
	case map[string]any:
		for key, item := range v {
			if !d.openValue(key) || !d.openValue(item) {
				return false
			}
		}
		return true
	case *frozenMap:
		for _, key := range v.keys {
			if !d.openValue(key) {
				return false
			}
		}
		return d.open(v.values)
	default:
		if v := reflect.ValueOf(v); !boxable(v.Interface()) {
			return false // of a kind that nobody has thought of
		}
		r.box(v, 1, where{})
	}
	if r.left <= 0 || len(r.out) == 0 {
		return false
	}
	for _, l := range r.out {
		if !d.openLeaf(l, "") {
			return false
		}
	}
	return true
}
