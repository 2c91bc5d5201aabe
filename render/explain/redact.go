package explain

import (
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// The messages of templates and of the functions that they call repeat values: fail and
// required whatever a template gives them, a parser the piece that it does not
// understand. A value may be a secret, so that none is repeated.
const (
	leastSecret  = 4       // characters of a value that is looked for in prose
	maxSecrets   = 100_000 // values that are looked for
	leastQuoted  = 2       // characters of a quoted piece of a value
	cutOffMarker = " …"
)

var (
	// quotedText is a text in the quotes of Go's messages; the last one may be cut.
	quotedText = regexp.MustCompile("\"(?:[^\"\\\\]|\\\\.)*(?:\"|$)|`[^`]*(?:`|$)")
	plainWord  = regexp.MustCompile(`^[a-z]+$`)
	// longNumber is a number that may be a value, or computed of one.
	longNumber = regexp.MustCompile(`(^|[ \[({])-?\d{4,}(?:\.\d+)?(?:e[-+]?\d+)?\b`)
	// namedText is what text/template repeats of a template without quotes. Source: exec.go
	// and parse.go of Go 1.26.
	namedText = regexp.MustCompile(`(nil pointer evaluating .*\.|evaluate field |non-function |malformed character constant: |^)` +
		`(\S+)( is not a method| has arguments but| in type |$)`)
)

// redact takes the values out of an error of a template that no function asked for: the
// values themselves, what the last function was given, whatever that went through, and
// what is in quotes. What the templates themselves say stays: it is written there for
// everybody to read.
func (e *tracer) redact(out *source.Error, own error) *source.Error {
	s := secrets{public: e.in.Chart.InTemplates}
	s.collect(e.in.Values, true)
	s.collect(e.given, false)
	s.sort()
	if h := stoppedBy(own); h != nil {
		s.named, s.spelled = h.text, e.shown(h.text)
	}
	out.What, out.Do = s.hide(out.What), s.hide(out.Do)
	return out
}

// secrets are the texts and numbers of some values, the longest first.
type secrets struct {
	public func(text string) bool // whether it is in a template
	texts  []string
	seen   int // values of data so far, which may hold itself
	// named is the text that a function was stopped by, and spelled what of it may be shown.
	named, spelled string
}

// collect takes the texts of data. In a message of Go, a value of the chart that is one
// plain word is left alone unless it is quoted: it would be taken for a word of the
// message.
func (s *secrets) collect(v any, wordsStay bool) {
	switch v := v.(type) {
	case nil:
	case string:
		if text := strings.TrimSuffix(chart.OneLine(v), cutOffMarker); !wordsStay || !plainWord.MatchString(text) {
			s.add(text)
		}
	case float64:
		s.add(fmt.Sprint(v))
		s.add(strconv.FormatFloat(v, 'f', -1, 64))
	case int, int64, json.Number:
		s.add(fmt.Sprint(v))
	default:
		s.collectOther(reflect.ValueOf(v), wordsStay)
	}
}

// collectOther is collect for lists and dictionaries of all types.
func (s *secrets) collectOther(v reflect.Value, wordsStay bool) {
	if s.seen++; s.seen > maxSecrets {
		return
	}
	switch v.Kind() {
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			s.collect(it.Value().Interface(), wordsStay)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			s.collect(v.Index(i).Interface(), wordsStay)
		}
	}
}

func (s *secrets) add(text string) {
	if utf8.RuneCountInString(text) >= leastSecret && len(s.texts) < maxSecrets {
		s.texts = append(s.texts, text)
	}
}

func (s *secrets) sort() {
	slices.SortFunc(s.texts, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b))
	})
	s.texts = slices.Compact(s.texts)
}

// hide takes out of a message what is in quotes, whole values, long numbers, and the
// names of what is in no template.
func (s *secrets) hide(message string) string {
	message = quotedText.ReplaceAllStringFunc(message, s.quoted)
	message = namedText.ReplaceAllStringFunc(message, func(piece string) string {
		m := namedText.FindStringSubmatch(piece)
		if m[1]+m[3] == "" || s.public(strings.Trim(m[2], "'")) {
			return piece
		}
		return m[1] + chart.Hidden + m[3]
	})
	message = longNumber.ReplaceAllStringFunc(message, func(n string) string {
		digits := strings.TrimLeft(n, " [({")
		if s.public(digits) {
			return n
		}
		return strings.TrimSuffix(n, digits) + chart.Hidden
	})
	for _, text := range s.texts {
		if s.public(text) {
			continue
		}
		message = strings.ReplaceAll(message, text, chart.Hidden)
		if rest, cut := strings.CutSuffix(message, cutOffMarker); cut {
			message = withoutStart(rest, text) + cutOffMarker
		}
	}
	return message
}

// quoted is a quoted piece of a message as it may be shown.
func (s *secrets) quoted(q string) string {
	inner, err := strconv.Unquote(q)
	switch {
	case err == nil && s.named != "" && inner == s.named:
		return q[:1] + s.spelled + q[:1]
	case err == nil && (utf8.RuneCountInString(inner) < leastQuoted || inner == engineName || s.public(inner)):
		return q
	}
	return q[:1] + chart.Hidden + q[:1]
}

// engineName is what Helm's engine calls its set of templates.
const engineName = "gotpl"

// withoutStart takes the start of a value off the end of a message that was cut there.
func withoutStart(message, text string) string {
	for n := min(len(text), len(message)); n >= leastSecret; n-- {
		if strings.HasSuffix(message, text[:n]) {
			return message[:len(message)-n] + chart.Hidden
		}
	}
	return message
}
