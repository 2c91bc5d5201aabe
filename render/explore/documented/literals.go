package documented

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

var (
	// listPattern is what comes before values that a text lists.
	listPattern = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b(?:(?:allowed|valid|possible|supported|available|accepted|permitted|acceptable)\s+(?:values?|options?|types?|modes?|choices|settings?|formats?|levels?)\b(?:\s+(?:are|is|for\s+\S{1,40}\s+are))?|` +
			`one\s+of|options(?:\s+are)?|values\s+are|options\s+include)\s*[:=]?\s*[\[({]?\s*`)
	})
	// quotedListPattern is what comes before them where they are quoted.
	quotedListPattern = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b(?:(?:can|may|must|could|should)\s+be(?:\s+set\s+to)?(?:\s+either)?|either|choose\s+(?:from|between)|values?|set\s+(?:it\s+)?to(?:\s+either)?|supports?|allowed|valid)\s*[:=]?\s*[\[({]?\s*`)
	})
	// defaultPattern is what comes before a default.
	defaultPattern = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)(?:[\[(,]\s*default(?:s\s+to)?\s*[:=]?\s*|@default\s+--\s*|\bdefaults?\s+(?:to|is|value\s+is|value)\s*:?\s*|\bdefault\s*[:=]\s*)`)
	})
	// forExamplePattern is what comes before an example in a text.
	forExamplePattern = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b(?:e\.g\.?|for\s+example|example|for\s+instance|such\s+as|ex)\s*[:,]?\s*`)
	})
)

// dotted is the path of a setting, or what looks like one.
var dotted = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\.?[A-Za-z][A-Za-z_]*(?:\.[A-Za-z][A-Za-z_]*)+$`)
})

// nothing are words for no value; noLiterals, where they are not quoted, words of a sentence.
var (
	nothing    = []string{"nil", "undefined", "unset", "empty", "n/a"}
	noLiterals = []string{
		"see", "not", "value", "values", "the", "a", "an", "if", "when", "is", "to", "from", "in", "by", "same", "auto-generated", "generated", "following",
	}
)

// readText finds the values that a text lists for a setting that is a scalar.
func (r *reader) readText(e *entry, lines []comment) {
	kind := e.kind()
	if kind == listKind || kind == mapKind {
		return
	}
	var b strings.Builder
	var starts []int
	for _, c := range lines {
		if b.Len()+len(c.text) > maxText {
			break
		}
		starts = append(starts, b.Len())
		b.WriteString(c.text)
		b.WriteByte('\n')
	}
	text := b.String()
	note := func(words []word, at, rank int) {
		i, found := slices.BinarySearch(starts, at)
		if !found {
			i--
		}
		r.note(e, words, lines[i].line, rank)
	}
	for i, pattern := range []*regexp.Regexp{listPattern(), quotedListPattern()} {
		for _, at := range pattern.FindAllStringIndex(text, 16) {
			if words := listed(text[at[1]:]); len(words) > 1 && (i == 0 || words[0].quoted || !e.empty()) && r.possible(e, words) {
				note(words, at[0], rankAllowed)
			}
		}
	}
	for _, at := range defaultPattern().FindAllStringIndex(text, 16) {
		w, rest := firstWord(text[at[1]:])
		if w.text == "" || r.refers(w.text) || dotted().MatchString(w.text) {
			continue
		}
		v, ok := w.value(kind)
		_, isText := v.(string)
		bracket := strings.IndexByte("[(,", text[at[0]]) >= 0 || text[at[0]] == '@'
		if ok && (w.quoted || ends(rest) && (bracket || !isText)) {
			note([]word{w}, at[0], rankDefault)
		}
	}
	if kind != stringKind && kind != anyKind || !e.empty() {
		return
	}
	for _, at := range forExamplePattern().FindAllStringIndex(text, 16) {
		w, _ := firstWord(text[at[1]:])
		if v, ok := w.value(kind); ok && w.quoted && !r.refers(w.text) && isString(v) {
			note([]word{w}, at[0], rankAllowed)
		}
	}
}

func isString(v any) bool {
	_, ok := v.(string)
	return ok
}

// possible reports whether what a text lists can be the values of a setting: what it has is
// one of them, or it has nothing.
func (r *reader) possible(e *entry, words []word) bool {
	for _, w := range words {
		if w.text == e.name || e.parent != nil && e.parent.children[w.text] != nil {
			return false // these are settings
		}
	}
	if e.empty() {
		return !slices.ContainsFunc(words, func(w word) bool { return r.refers(w.text) })
	}
	return slices.ContainsFunc(words, func(w word) bool {
		v, ok := w.value(e.kind())
		return ok && equal(e.node, v, 0)
	})
}

// refers reports whether a word is the path of another setting.
func (r *reader) refers(text string) bool {
	path := strings.Split(strings.TrimPrefix(text, ".Values."), ".")
	e := r.root.find(path)
	return e != nil && (e.exists || len(path) > 1)
}

// word is a literal in a text.
type word struct {
	text   string
	quoted bool // in quotes or backticks
}

// value reads a word as a plain scalar of YAML.
func (w word) value(kind valueKind) (any, bool) {
	if w.text == "" || len(w.text) > 200 || strings.ContainsAny(w.text, " \n\t`\"'#") || strings.HasSuffix(w.text, ":") || strings.IndexByte("{}[]&*!|>%@,?", w.text[0]) >= 0 {
		return nil, false
	}
	if slices.Contains(nothing, strings.ToLower(w.text)) || !w.quoted && slices.Contains(noLiterals, w.text) {
		return nil, false
	}
	if kind == stringKind {
		return w.text, !placeholder(w.text)
	}
	return scalar(&yaml.Node{Kind: yaml.ScalarNode, Value: w.text}, kind)
}
