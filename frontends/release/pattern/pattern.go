package pattern

import (
	"regexp"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// Pattern is the pattern of a path of the configuration: *, ?, ** and [ab] as in other
// patterns, and {env} for a part of a name.
type Pattern struct {
	// Text is the pattern itself.
	Text string
	// Fixed is the directory that all that it fits lies in, with a slash at its end; empty for
	// the root of the repository.
	Fixed string
	// Literal says that it is a path and not a pattern at all.
	Literal bool
	Env     bool // whether it has {env}
	fits    *regexp.Regexp
}

// New reads a pattern; false for one that is not valid, which the reader of the
// configuration refuses.
func New(text string) (p Pattern, ok bool) {
	bare := strings.ReplaceAll(text, "{env}", "*")
	if !doublestar.ValidatePattern(bare) || strings.ContainsAny(unescapedOf(bare), "{}") {
		return p, false
	}
	p = Pattern{Text: text, Env: strings.Contains(text, "{env}"), Literal: !strings.ContainsAny(bare, `*?[\`)}
	if p.Literal {
		return p, true
	}
	if dir, _ := doublestar.SplitPattern(bare); dir != "." {
		p.Fixed = dir + "/"
	}
	fits, err := regexp.Compile("^" + expression(text) + "$")
	p.fits = fits
	return p, err == nil
}

// unescapedOf is a pattern without what backslashes escape.
func unescapedOf(p string) string {
	var b strings.Builder
	for i := 0; i < len(p); i++ {
		if p[i] == '\\' {
			i++
			continue
		}
		b.WriteByte(p[i])
	}
	return b.String()
}

// Match reports whether a path fits, and what {env} stands for in it: the same in all places.
func (p Pattern) Match(name string) (env string, ok bool) {
	if p.Literal {
		return "", name == p.Text
	}
	m := p.fits.FindStringSubmatch(name)
	if m == nil {
		return "", false
	}
	for _, part := range m[1:] {
		if env == "" {
			env = part
		}
		if part != env {
			return "", false
		}
	}
	return env, true
}

// With is the pattern with a placeholder filled in.
func (p Pattern) With(placeholder, value string) (Pattern, bool) {
	return New(strings.ReplaceAll(p.Text, placeholder, Escaped(value)))
}

// Escaped is a pattern that fits one text alone.
func Escaped(text string) string {
	var b strings.Builder
	for i := range len(text) {
		if strings.IndexByte(`*?[]{}\`, text[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// expression is a pattern as a regular expression, which takes no more time than the path
// is long. A * takes as little as it can, so that {env} is all that is left.
func expression(p string) string {
	var b strings.Builder
	for i := 0; i < len(p); {
		rest := p[i:]
		switch {
		case strings.HasPrefix(rest, "{env}"):
			b.WriteString("([^/]+)")
			i += len("{env}")
		case strings.HasPrefix(rest, "**/"):
			b.WriteString("(?:[^/]+/)*?")
			i += len("**/")
		case strings.HasPrefix(rest, "**"):
			b.WriteString(".*?")
			i += len("**")
		case rest[0] == '*':
			b.WriteString("[^/]*?")
			i++
		case rest[0] == '?':
			b.WriteString("[^/]")
			i++
		case rest[0] == '[':
			class, n := classOf(rest)
			b.WriteString(class)
			i += n
		case rest[0] == '\\' && len(rest) > 1:
			b.WriteString(regexp.QuoteMeta(rest[1:2]))
			i += 2
		default:
			n := 1 + strings.IndexAny(rest[1:], `*?[\{`)
			if n == 0 {
				n = len(rest)
			}
			b.WriteString(regexp.QuoteMeta(rest[:n]))
			i += n
		}
	}
	return b.String()
}

// classOf is the class of characters that a pattern begins with, and how long it is there.
func classOf(p string) (class string, n int) {
	var b strings.Builder
	n = 1
	b.WriteString("[")
	if p[n] == '!' || p[n] == '^' {
		b.WriteString("^/")
		n++
	}
	for first := true; n < len(p) && (p[n] != ']' || first); first = false {
		switch {
		case p[n] == '\\' && n+1 < len(p):
			n++
			b.WriteString(`\` + p[n:n+1])
		case strings.IndexByte(`[]^\&~`, p[n]) >= 0:
			b.WriteString(`\` + p[n:n+1])
		default:
			b.WriteByte(p[n])
		}
		n++
	}
	b.WriteString("]")
	return b.String(), min(n+1, len(p))
}
