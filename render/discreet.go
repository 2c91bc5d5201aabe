package render

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mesh-check/mesh-check/render/source"
)

// The messages of templates and of the functions that they call repeat values: fail and
// required whatever a template gives them, a parser the piece that it does not
// understand. A value may be a secret, so that none is repeated.
const (
	leastSecret  = 4       // characters of a value that is looked for in prose
	maxSecrets   = 100_000 // values that are looked for
	hiddenValue  = "…"
	leastQuoted  = 2 // characters of a quoted piece of a value
	cutOffMarker = " …"
)

var (
	// quotedText is a text in the quotes of Go's messages.
	quotedText = regexp.MustCompile("\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`")
	plainWord  = regexp.MustCompile(`^[a-z]+$`)
)

// discreet takes the values out of an error of the templates. What the template itself
// says at the place stays: it is written there for everybody to read.
func (in *inputs) discreet(e *source.Error) *source.Error {
	s := secrets{code: e.At.File}
	s.collect(in.values)
	s.sort()
	prose := e.Err != nil && stopped.MatchString(e.Err.Error()) // of fail or required
	e.What = s.hide(e.What, prose)
	return e
}

// secrets are the texts and numbers of some values, the longest first.
type secrets struct {
	code  *source.File
	texts []string
}

func (s *secrets) collect(v any) {
	if len(s.texts) >= maxSecrets {
		return
	}
	switch v := v.(type) {
	case map[string]any:
		for _, item := range v {
			s.collect(item)
		}
	case []any:
		for _, item := range v {
			s.collect(item)
		}
	case string:
		s.texts = append(s.texts, strings.TrimSuffix(oneLine(v), cutOffMarker))
	case float64:
		s.texts = append(s.texts, fmt.Sprint(v), strconv.FormatFloat(v, 'f', -1, 64))
	case int, int64, json.Number:
		s.texts = append(s.texts, fmt.Sprint(v))
	}
}

func (s *secrets) sort() {
	slices.SortFunc(s.texts, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b))
	})
	s.texts = slices.Compact(s.texts)
}

// public says whether a text stands in the template.
func (s *secrets) public(text string) bool {
	return s.code != nil && strings.Contains(string(s.code.Data), text)
}

// hide takes the values out of a message: quoted pieces of them, and whole ones. In a
// message of Go, a value that is one plain word is left alone unless it is quoted: it
// would be taken for a word of the message.
func (s *secrets) hide(message string, prose bool) string {
	message = quotedText.ReplaceAllStringFunc(message, func(q string) string {
		inner, err := strconv.Unquote(q)
		if err != nil || len(inner) < leastQuoted || s.public(inner) {
			return q
		}
		if !slices.ContainsFunc(s.texts, func(t string) bool {
			return strings.Contains(t, inner) || len(t) >= leastSecret && strings.Contains(inner, t)
		}) {
			return q
		}
		return q[:1] + hiddenValue + q[len(q)-1:]
	})
	for _, text := range s.texts {
		if utf8.RuneCountInString(text) < leastSecret || !prose && plainWord.MatchString(text) || s.public(text) {
			continue
		}
		message = strings.ReplaceAll(message, text, hiddenValue)
		if rest, cut := strings.CutSuffix(message, cutOffMarker); cut {
			message = withoutStart(rest, text) + cutOffMarker
		}
	}
	return message
}

// withoutStart takes the start of a value off the end of a message that was cut there.
func withoutStart(message, text string) string {
	for n := min(len(text), len(message)); n >= leastSecret; n-- {
		if strings.HasSuffix(message, text[:n]) {
			return message[:len(message)-n] + hiddenValue
		}
	}
	return message
}

// yamlPieces are what the parser of YAML repeats of a text that it does not take.
var yamlPieces = regexp.MustCompile("(anchor) '[^']*'|(invalid map key): .*|`[^`]*`")

// discreetYAML takes the pieces of the text out of a message of the parser of YAML.
func discreetYAML(message string) string {
	return yamlPieces.ReplaceAllStringFunc(message, func(piece string) string {
		if m := yamlPieces.FindStringSubmatch(piece); m[1]+m[2] != "" {
			return m[1] + m[2] + " " + hiddenValue
		}
		return "`" + hiddenValue + "`"
	})
}
