package explain

import (
	"strings"
	"text/template/parse"

	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/source"
)

// templateText is the source of one template file, or the text of a call of tpl.
type templateText struct {
	src  string       // in registered memory; offsets of the parse tree are offsets of src
	file *source.File // nil for tpl
	skip int          // bytes of the file before src: a byte order mark

	table *coverage.Template // nil for tpl
	sites []*site            // one for each of its runs that is executed with it; nil for none
}

// span returns the place in the file of a range of src; invalid for tpl.
func (t *templateText) span(start, end int) source.Span {
	if t.file == nil {
		return source.Span{}
	}
	return source.Span{File: t.file, Start: start + t.skip, End: end + t.skip}
}

// siteKind says what happens when execution comes to a site.
type siteKind uint8

const (
	siteEnter    siteKind = iota // an action that prints nothing: if, with, $x := …
	sitePrint                    // an action whose value is printed
	sitePush                     // {{ template }}: the call begins
	sitePop                      // {{ template }}: the call has ended
	siteRange                    // a range begins
	siteTick                     // a round of it begins
	siteRangeEnd                 // a range has ended
	siteRun                      // a run without actions
)

// site is an action of a template.
type site struct {
	text   *templateText
	pos    int // where the pipeline begins in text.src
	kind   siteKind
	pipe   *parse.PipeNode
	random bool            // the pipeline calls a function whose result is random
	name   string          // for sitePush: the called template
	mark   []byte          // one byte whose memory stands for the site
	block  *block          // the innermost with or range around it; nil for none
	given  *parse.PipeNode // for sitePush: what the template is given
	// nesting is how many blocks and parentheses are around what the site calls.
	nesting int
	reached bool // execution has come to it
	// decision is what is noted of it; nil for none.
	decision *Decision
	around   []arm
}

// bounds are where the site's pipeline is in its text: from its first token
// to its end, without the braces and the trim markers.
func (s *site) bounds() (start, end int) {
	start = s.pos
	if s.kind == sitePush {
		start = templateKeyword(s.text.src, s.pos)
	}
	return start, actionEnd(s.text.src, s.pos)
}

// span is the place of the site's pipeline in its file.
func (s *site) span() source.Span { return s.text.span(s.bounds()) }

// templateKeyword finds where {{ template "name" }} or {{ block "name" }} has its
// keyword, given where the name begins.
func templateKeyword(src string, name int) int {
	before := strings.TrimRight(src[:name], " \t\r\n")
	for _, keyword := range []string{"template", "block"} {
		if strings.HasSuffix(before, keyword) {
			return len(before) - len(keyword)
		}
	}
	return name
}

// actionEnd finds the end of an action's pipeline, given a place in it.
func actionEnd(src string, at int) int {
	end := expressionEnd(src, at, "}}")
	pipeline := src[at:end]
	if strings.HasPrefix(src[end:], "}}") {
		pipeline = strings.TrimSuffix(pipeline, "-")
	}
	return at + len(strings.TrimRight(pipeline, " \t\r\n"))
}

// expressionEnd finds where an expression ends: at a closing parenthesis that it
// has not opened, or at the closing braces.
func expressionEnd(src string, at int, closing string) int {
	depth := 0
	for i := at; i < len(src); i++ {
		switch c := src[i]; {
		case c == '"' || c == '\'':
			for i++; i < len(src) && src[i] != c; i++ {
				if src[i] == '\\' {
					i++
				}
			}
		case c == '`':
			i++
			if end := strings.IndexByte(src[min(i, len(src)):], '`'); end >= 0 {
				i += end
			} else {
				i = len(src)
			}
		case depth == 0 && strings.HasPrefix(src[i:], closing):
			return i
		case c == '(':
			depth++
		case c == ')':
			depth--
		}
	}
	return len(src)
}

// callOf finds the parenthesis, or else the whole pipeline, in which the site
// calls a function; ok is false where it does so not exactly once.
func (s *site) callOf(name string) (start, end int, ok bool) {
	var found *parse.PipeNode
	n := 0
	var search func(p *parse.PipeNode)
	search = func(p *parse.PipeNode) {
		for _, cmd := range p.Cmds {
			for _, arg := range cmd.Args {
				switch a := arg.(type) {
				case *parse.IdentifierNode:
					if a.Ident == name {
						found = p
						n++
					}
				case *parse.PipeNode:
					search(a)
				case *parse.ChainNode:
					if inner, ok := a.Node.(*parse.PipeNode); ok {
						search(inner)
					}
				}
			}
		}
	}
	if s.pipe != nil {
		search(s.pipe)
	}
	switch {
	case n != 1:
		return 0, 0, false
	case found == s.pipe:
		return s.pos, actionEnd(s.text.src, s.pos), true
	}
	start = int(found.Cmds[0].Pos)
	return start, expressionEnd(s.text.src, start, ")"), true
}

// literal is a constant in an expression.
type literal struct {
	text       *templateText
	start, end int    // of its content in text.src, without quotes
	exact      bool   // the content is what it means, without escapes
	in         string // the template that it is in
}
