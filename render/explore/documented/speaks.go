package documented

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

// Texts are files of a chart, besides values.yaml and its schema, in which people speak of values.
type Texts struct {
	Readme    []byte
	Examples  [][]byte // other values files
	Templates [][]byte // of which the comments count
}

// With has Speaks look at more texts.
func (d *Documents) With(t Texts) *Documents {
	d.prose = append(d.prose, t.Readme)
	d.examples = append(d.examples, t.Examples...)
	for _, text := range t.Templates {
		if len(text) <= maxBytes {
			d.notes = append(d.notes, commentsOf(text)...)
		}
	}
	return d
}

// Speaks reports whether the files of the chart say anything of a value, by its path below the chart's values, that
// values.yaml does not have: whoever reads them has heard of it. One key is a word of all days, such as image: so
// two are looked for, the last ones of the path, or the only one as code is written; in comments of values.yaml the
// last one is enough in or beside what it would be in.
func (d *Documents) Speaks(path []string) bool {
	if len(path) == 0 || path[len(path)-1] == "" {
		return false
	}
	s := newSpoken(path)
	if len(d.At(path...)) > 0 || slices.Contains(d.Below(path[:len(path)-1]...), s.last) || s.inSchema(d.text) {
		return true
	}
	for _, note := range slices.Concat(d.comments, d.notes) {
		if s.names(note) || s.nests(note, "") || s.parent != "" && s.lastWord.Match(note) && s.parentWord.Match(note) {
			return true
		}
	}
	for _, text := range d.prose {
		if s.names(text) || s.nests(text, "") || s.inOneLine(text) {
			return true
		}
	}
	for _, text := range d.examples {
		if s.nests(text, s.last) || s.parent != "" && (s.names(text) || s.inOneLine(text)) {
			return true
		}
	}
	return s.near(d.values, path[:len(path)-1])
}

// spoken is a value that texts may speak of.
type spoken struct {
	parent, last         string
	lastWord, parentWord *regexp.Regexp
	code                 *regexp.Regexp
}

func newSpoken(path []string) spoken {
	s := spoken{last: path[len(path)-1]}
	last := regexp.QuoteMeta(s.last)
	s.lastWord = regexp.MustCompile(`(?i)` + whole(last))
	if len(path) > 1 {
		s.parent = path[len(path)-2]
		parent := regexp.QuoteMeta(s.parent)
		s.parentWord = regexp.MustCompile(`(?i)` + whole(parent))
		s.code = regexp.MustCompile(`(?i)` + whole(parent+`(?:\[[^\]\n]*\])?\.`+last))
	} else {
		s.code = regexp.MustCompile(`(?im)\.Values\.` + last + `(?:[^\w-]|$)|(?:^|[^\w./-])` + last + "(?:\\.[a-z]|:(?:\\s|$)|=|\\[|`|\\s\\|)")
	}
	return s
}

// whole is a pattern of whole keys alone: other is not in another, nor in other-one.
func whole(pattern string) string { return `(?:^|[^\w-])` + pattern + `(?:[^\w-]|$)` }

// names reports whether a text has the keys as code is written: backup.bucket.
func (s *spoken) names(text []byte) bool { return s.code.Match(text) }

func (s *spoken) inOneLine(text []byte) bool {
	if s.parent == "" || !s.lastWord.Match(text) {
		return false
	}
	for line := range bytes.Lines(text) {
		if s.lastWord.Match(line) && s.parentWord.Match(line) {
			return true
		}
	}
	return false
}

// inSchema reports whether a schema has the keys, in whatever place.
func (s *spoken) inSchema(schema []byte) bool {
	has := func(key string) bool { return bytes.Contains(schema, []byte(`"`+key+`"`)) }
	return has(s.last) && (s.parent == "" || has(s.parent))
}

// linePattern is a line of YAML, maybe in a comment, that begins with a key.
var linePattern = regexp.MustCompile(`^([\s#>-]*)["']?([\w./-]+)["']?\s*:(?:\s|$)`)

// nests reports whether a text has a key below the other one, as YAML is written; single is one that may stand alone, at the
// top or in the values of a release.
func (s *spoken) nests(text []byte, single string) bool {
	if len(text) > maxBytes || !bytes.Contains(text, []byte(s.last)) {
		return false
	}
	for above, key := range nested(text) {
		switch {
		case key != s.last:
		case s.parent != "" && len(above) > 0 && above[len(above)-1].name == s.parent:
			return true
		case s.parent == "" && key == single && (len(above) == 0 || strings.HasPrefix(above[len(above)-1].name, "values")):
			return true
		}
	}
	return false
}

// nestedKey is a key of YAML, by its column.
type nestedKey struct {
	name   string
	column int
}

// nested goes through the lines of a text that begin with a key, with the keys that each is below.
func nested(text []byte) func(yield func([]nestedKey, string) bool) {
	return func(yield func([]nestedKey, string) bool) {
		var above []nestedKey
		for line := range bytes.Lines(text) {
			m := linePattern.FindSubmatch(line)
			if m == nil {
				continue
			}
			column := len(m[1])
			for len(above) > 0 && above[len(above)-1].column >= column {
				above = above[:len(above)-1]
			}
			if !yield(above, string(m[2])) {
				return
			}
			if above = append(above, nestedKey{name: string(m[2]), column: column}); len(above) > maxDepth {
				return
			}
		}
	}
}

// near reports whether the last key stands as a word in a comment of values.yaml that is in the block of the keys above it, right in
// front of that, or behind it.
func (s *spoken) near(values []byte, parent []string) bool {
	lines := bytes.Split(values, []byte("\n"))
	first, end := 0, len(lines)
	for depth, from := 0, 0; depth < len(parent); depth++ {
		begin, stop := blockOf(lines, parent[depth], from, end, depth == 0)
		if begin < 0 {
			if depth == 0 {
				return false
			}
			break // as in {a: {b: c}}
		}
		first, from, end = begin, begin+1, stop
	}
	if len(parent) > 0 {
		for first > 0 && isAside(lines[first-1]) {
			first--
		}
	}
	return slices.ContainsFunc(lines[first:end], func(line []byte) bool {
		_, comment, is := bytes.Cut(line, []byte("#"))
		return is && s.lastWord.Match(comment)
	})
}

// isAside reports whether a line is empty or a comment.
func isAside(line []byte) bool {
	text := bytes.TrimSpace(line)
	return len(text) == 0 || text[0] == '#'
}

// blockOf is where the value of a key begins and ends, comments below it included; -1 where there is none.
func blockOf(lines [][]byte, key string, from, end int, top bool) (begin, stop int) {
	begin = -1
	column := 0
	for i := from; i < end; i++ {
		if isAside(lines[i]) {
			continue
		}
		indent := len(lines[i]) - len(bytes.TrimLeft(lines[i], " "))
		if begin >= 0 {
			if indent < column || indent == column && lines[i][indent] != '-' {
				return begin, i
			}
			continue
		}
		if m := linePattern.FindSubmatch(lines[i]); m != nil && string(m[2]) == key && (!top || indent == 0) {
			begin, column = i, indent
		}
	}
	return begin, end
}

// commentsOf are the comments of a template: those of its language, and runs of lines of those of YAML.
func commentsOf(text []byte) (all [][]byte) {
	rest := text
	for {
		_, behind, is := bytes.Cut(rest, []byte("/*"))
		comment, after, ends := bytes.Cut(behind, []byte("*/"))
		if !is || !ends {
			break
		}
		all, rest = append(all, comment), after
	}
	return append(all, runsOf(text)...)
}

// runsOf are the comments of YAML: lines of them in a row are one, and what follows a value is one.
func runsOf(text []byte) (all [][]byte) {
	var run []byte
	for line := range bytes.Lines(text) {
		before, comment, is := bytes.Cut(line, []byte("#"))
		alone := is && len(bytes.TrimSpace(before)) == 0
		if !alone && run != nil {
			all, run = append(all, run), nil
		}
		switch {
		case alone:
			run = append(run, line...)
		case is && (len(before) == 0 || before[len(before)-1] == ' ' || before[len(before)-1] == '\t'):
			all = append(all, comment)
		}
	}
	if run != nil {
		all = append(all, run)
	}
	return all
}
