package sarif

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
)

// unignored are the findings as they would be without ignore comments: a comment that
// takes one out of a group, or ignores one in some of its values sets, changes no
// fingerprint of what is left.
type unignored struct {
	causes  *checks.Grouper
	known   map[twin]string             // identities
	leaders map[*checks.Reported]string // of those that stand for others
}

// twin is what findings have in common that are one without comments: they differ but in
// the values sets that they occur with.
type twin struct {
	check, input, file, object, path, message, annotated string

	start     int
	severity  checks.Severity
	unchanged bool
}

func twinOf(f *checks.Reported) twin {
	t := twin{
		check: f.Check.ID, input: f.Input, object: objectText(Object(f.Object)), path: f.Path, message: f.Message,
		severity: f.Severity, unchanged: f.Unchanged(),
	}
	if !f.IgnoredAt.Valid() {
		t.annotated = f.Suppressed
	}
	if f.Origin.Span.Valid() {
		t.file, t.start = f.Origin.Span.File.Name(), f.Origin.Span.Start
	}
	return t
}

// withoutComments is nil where comments ignore none of the findings.
func (b *builder) withoutComments(findings []*checks.Reported) *unignored {
	for _, f := range findings {
		if f.IgnoredAt.Valid() {
			return &unignored{b.grouper(), map[twin]string{}, map[*checks.Reported]string{}}
		}
	}
	return nil
}

// stableIdentity is the identity that a finding, or the one that stands for it, has without
// comments.
func (b *builder) stableIdentity(f *checks.Reported) string {
	u := b.unignored
	if u == nil {
		return b.identity(f)
	}
	t := twinOf(f)
	if identity, known := u.known[t]; known {
		return identity
	}
	plain, own := *f, ""
	if !f.Passing() {
		own = b.identity(f)
	}
	if plain.IgnoredAt.Valid() {
		plain.Suppressed, plain.IgnoredAt = "", source.Span{}
	}
	of, first := u.causes.Take(&plain)
	if first {
		if own == "" {
			own = b.identity(f)
		}
		u.leaders[of] = own
	}
	u.known[t] = u.leaders[of]
	return u.known[t]
}

// grouper makes one finding of those with one cause.
func (b *builder) grouper() *checks.Grouper {
	return &checks.Grouper{Place: b.causePlace, Sets: func(input string) []string { return b.sets[input] }}
}
