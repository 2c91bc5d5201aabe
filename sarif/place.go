package sarif

import (
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/sarif/property"
	"github.com/mesh-check/mesh-check/sarif/safetext"
	"github.com/mesh-check/mesh-check/sarif/snippet"
)

// srcRoot is the base of all relative URIs: the repository's root.
const srcRoot = "%SRCROOT%"

// A line longer than longLine code points is given as the part around its span.
const (
	longLine   = 400
	lineBefore = 120 // code points in front of the span
)

// location is a place with the message that goes with it. What comes of a span that
// is no place is a location without a region, or without a file.
func (b *builder) location(s source.Span, message string, context bool) *sarif.Location {
	if context {
		return b.place(s, message, snippet.ShowValue)
	}
	return b.place(s, message, snippet.ShowNothing)
}

// place is location with the choice of what is repeated of the line.
func (b *builder) place(s source.Span, message string, show snippet.Redaction) *sarif.Location {
	l := sarif.NewLocation()
	if message != "" {
		l.WithMessage(text(withoutLinks(clean(message))))
	}
	if s.Valid() {
		l.WithPhysicalLocation(b.physical(s, show))
	}
	return l
}

// shows is what is repeated of the line of a field.
func shows(private bool) snippet.Redaction {
	if private {
		return snippet.ShowKey
	}
	return snippet.ShowValue
}

// stepShows is what is repeated of the line of a step of the trace: of a call nothing,
// and of what a text was computed from not the value, which may be in it or not.
func stepShows(s source.Step, private bool) snippet.Redaction {
	if s.Call() {
		return snippet.ShowNothing
	}
	return shows(private || s.Derived)
}

// primaryShows is what is repeated of a finding's own line, which may be a step of the
// trace.
func primaryShows(f *checks.Reported, step int) snippet.Redaction {
	if step >= 0 {
		return stepShows(f.Origin.Trace[step], f.Private)
	}
	if f.Object == (checks.ObjectRef{}) { // what is not valid may be anything
		return snippet.ShowKeyAndActions
	}
	return shows(f.Private)
}

// physical is the file, the one-line region and, for views that show the line, what
// may be repeated of it.
func (b *builder) physical(s source.Span, show snippet.Redaction) *sarif.PhysicalLocation {
	one := s.OneLine()
	begin, end := one.Begin(), s.File.Position(one.End)
	region := sarif.NewRegion().WithStartLine(begin.Line).WithStartColumn(begin.Column).
		WithEndLine(end.Line).WithEndColumn(end.Column)
	p := sarif.NewPhysicalLocation().WithArtifactLocation(b.artifact(s.File.Name())).WithRegion(region)
	if show == snippet.ShowNothing {
		return p
	}
	shown := snippet.Of(s, show)
	if shown.Verbatim {
		region.WithSnippet(content(firstRunes(one.Text(), longLine)))
	}
	if end.Column-begin.Column > longLine {
		return p // a context would have to hold all of the region
	}
	part := []rune(shown.Text)
	from, to := shown.From, max(end.Column, shown.To)
	if shown.Verbatim {
		a, z := window(len(part), begin.Column-from+1, end.Column-from+1)
		part, from, to = part[a-1:z-1], from+a-1, from+z-1
	}
	if from == begin.Column && to == end.Column {
		return p // a context is more than the region
	}
	around := sarif.NewRegion().WithStartLine(begin.Line)
	if from > 1 || to < endColumn(s) || !shown.Verbatim {
		around.WithStartColumn(from).WithEndLine(begin.Line).WithEndColumn(to)
	}
	return p.WithContextRegion(around.WithSnippet(content(string(part))))
}

// endColumn is the column behind the last code point of the line that a span begins in.
func endColumn(s source.Span) int {
	s.End = len(s.File.Data)
	return s.File.Position(s.OneLine().End).Column
}

// firstRunes is the beginning of a text.
func firstRunes(text string, n int) string {
	for i := range text {
		if n--; n < 0 {
			return text[:i]
		}
	}
	return text
}

// window is the part of a line around a span that is given: all of it, if it is no
// long line. Columns are 1-based, to is behind the last.
func window(length, column, endColumn int) (from, to int) {
	if length <= longLine {
		return 1, length + 1
	}
	from = max(1, min(column, length+1)-lineBefore)
	return from, min(length+1, max(from+longLine, min(endColumn, column+longLine)))
}

// withPart says of a location what is meant of the thing that it names.
func withPart(l *sarif.Location, what string) *sarif.Location {
	if what != "" {
		l.WithProperties(property.Bag(&property.Location{Part: what}))
	}
	return l
}

func content(s string) *sarif.ArtifactContent {
	return sarif.NewArtifactContent().WithText(safetext.CleanLine(s))
}

func text(s string) *sarif.Message { return sarif.NewMessage().WithText(s) }

// artifact is the file of a name as the user would type it. A file in an archive is
// the archive, with the file's name in it as the property "member".
func (b *builder) artifact(name string) *sarif.ArtifactLocation {
	a := sarif.NewArtifactLocation()
	name, member := b.splitArchive(name)
	if member != "" {
		a.WithProperties(property.Bag(&property.Artifact{Member: member}))
	}
	uri, relative := b.uri(name)
	a.WithURI(uri)
	if relative {
		a.WithURIBaseID(srcRoot)
	}
	return a
}

// splitArchive splits archive!member.
func (b *builder) splitArchive(name string) (archive, member string) {
	for i := range len(name) {
		if name[i] != '!' {
			continue
		}
		ext := path.Ext(name[:i])
		if ext == ".tgz" || ext == ".gz" || b.inputs[name[:i]] {
			return name[:i], name[i+1:]
		}
	}
	return name, ""
}

// uri is the percent-encoded name relative to the root, with slashes; a file outside
// of the root has an absolute URI.
func (b *builder) uri(name string) (uri string, relative bool) {
	rel, inside := b.relative(name)
	if !inside {
		return fileURI(rel), false
	}
	return escape(rel), true
}

// fileURI is the URI of an absolute path with slashes. On Windows it is also one of a drive,
// whose colon stays, or one of a server: C:/charts, //server/share/charts.
func fileURI(abs string) string {
	if share, ok := strings.CutPrefix(abs, "//"); ok {
		server, rest, _ := strings.Cut(share, "/")
		return "file://" + url.PathEscape(server) + escape("/"+rest)
	}
	if len(abs) > 2 && abs[1:3] == ":/" {
		return "file:///" + abs[:2] + escape(abs[2:])
	}
	return "file://" + escape("/"+strings.TrimPrefix(abs, "/"))
}

func escape(name string) string {
	// A colon in the first part would be read as the end of a scheme.
	return strings.ReplaceAll((&url.URL{Path: name}).EscapedPath(), ":", "%3A")
}

// relative is a name relative to the root, or absolute where it is outside.
func (b *builder) relative(name string) (rel string, inside bool) {
	if name == stdin || address().MatchString(name) {
		return name, true
	}
	abs := filepath.FromSlash(name)
	if !filepath.IsAbs(abs) {
		if b.Root == "" || b.Dir == "" {
			return path.Clean(name), true
		}
		abs = filepath.Join(b.Dir, abs)
	}
	if b.Root != "" {
		if r, err := filepath.Rel(b.Root, abs); err == nil && r != ".." && !strings.HasPrefix(r, ".."+string(filepath.Separator)) {
			return filepath.ToSlash(r), true
		}
	}
	return filepath.ToSlash(filepath.Clean(abs)), false
}

// address is how the address of something elsewhere begins, which nobody has fetched.
var address = lazily(`^[a-zA-Z][a-zA-Z0-9+.-]*://`)

// stdin is the name of standard input.
const stdin = "-"
