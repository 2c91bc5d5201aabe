package lang

import (
	"bytes"
	"regexp"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// The parser of HCL and the evaluation of its expressions follow nesting by
// recursion without a limit (hashicorp/hcl#809), and numbers have no limit of size:
// both are analyzed by the tokens, before anything is parsed.
const (
	MaxTokenNesting = 200   // brackets, braces, templates inside each other
	maxUnary        = 64    // ! or - in a row
	maxChoices      = 200   // ? in one expression: each nests the next
	maxOperators    = 2_000 // operators and indexes in one expression
	maxNumberText   = 400   // characters of a number
	maxExponent     = 3     // digits of an exponent
	maxDirectives   = 1_000 // %{ in one template

	// The parser puts the lines of a text together one by one, and copies what it has
	// each time.
	maxCopied = 2 << 30 // bytes, in a file
)

// tooManyLines is what the guard says of a text with more lines than the parser can put
// together in time.
const tooManyLines = "the text has too many lines to be read as a part of the configuration"

// Simpler is what to do about something that the guard has found.
func Simpler(what string) string {
	if what == tooManyLines {
		return "move it into a file of its own, and read it with file()"
	}
	return "simplify it"
}

// frame is one bracket, brace or template that is open.
type frame struct {
	braces, template               bool
	unary, choices, ops, directive int
	literal                        int // bytes of the text that is put together
	begin                          hcl.Range
}

// Guard looks for what would kill the parser: the first token of it and what it is;
// what is empty where there is none.
func Guard(tokens hclsyntax.Tokens) (at hcl.Range, what string) {
	stack, copied := []frame{{braces: true}}, 0
	for _, t := range tokens {
		f := &stack[len(stack)-1]
		if t.Type == hclsyntax.TokenStringLit || t.Type == hclsyntax.TokenQuotedLit {
			f.literal += len(t.Bytes)
			if copied += f.literal; copied > maxCopied {
				return f.begin, tooManyLines
			}
			continue
		}
		f.literal = 0
		switch t.Type {
		case hclsyntax.TokenBang, hclsyntax.TokenMinus:
			f.unary++
			f.ops++
		default:
			f.unary = 0
		}
		switch t.Type {
		case hclsyntax.TokenOParen, hclsyntax.TokenOBrack, hclsyntax.TokenOQuote, hclsyntax.TokenOHeredoc,
			hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl, hclsyntax.TokenOBrace:
			switch {
			case t.Type == hclsyntax.TokenTemplateControl:
				f.directive++
			case !f.template: // the parts of a template are side by side
				f.ops++
			}
			stack = append(stack, frame{
				braces:   t.Type == hclsyntax.TokenOBrace,
				template: t.Type == hclsyntax.TokenOQuote || t.Type == hclsyntax.TokenOHeredoc,
				begin:    t.Range,
			})
		case hclsyntax.TokenCParen, hclsyntax.TokenCBrack, hclsyntax.TokenCQuote, hclsyntax.TokenCHeredoc,
			hclsyntax.TokenTemplateSeqEnd, hclsyntax.TokenCBrace:
			if len(stack) > 1 {
				stack = stack[:len(stack)-1]
			}
		case hclsyntax.TokenComma:
			f.choices, f.ops = 0, 0
		case hclsyntax.TokenNewline:
			if f.braces {
				f.choices, f.ops = 0, 0
			}
		case hclsyntax.TokenQuestion:
			f.choices++
		case hclsyntax.TokenPlus, hclsyntax.TokenStar, hclsyntax.TokenSlash, hclsyntax.TokenPercent, hclsyntax.TokenAnd,
			hclsyntax.TokenOr, hclsyntax.TokenEqualOp, hclsyntax.TokenNotEqual, hclsyntax.TokenLessThan, hclsyntax.TokenLessThanEq,
			hclsyntax.TokenGreaterThan, hclsyntax.TokenGreaterThanEq, hclsyntax.TokenDot:
			f.ops++
		case hclsyntax.TokenNumberLit:
			if endlessNumber(t.Bytes) {
				return t.Range, "the number is too large"
			}
		}
		switch {
		case len(stack) > MaxTokenNesting:
			return t.Range, "brackets and templates are nested too deeply"
		case f.unary > maxUnary:
			return t.Range, "there are too many operators in a row"
		case f.choices > maxChoices || f.ops > maxOperators || f.directive > maxDirectives:
			return t.Range, "the expression is too long"
		}
	}
	return hcl.Range{}, ""
}

// endlessNumber reports whether a number would have absurdly many digits.
func endlessNumber(text []byte) bool {
	if len(text) > maxNumberText {
		return true
	}
	i := bytes.IndexAny(text, "eE")
	if i < 0 {
		return false
	}
	return len(bytes.TrimLeft(text[i+1:], "+-0")) > maxExponent
}

// heredocStart is a line that begins a heredoc, with its marker.
var heredocStart = regexp.MustCompile(`^[^"#]*<<-?\s*([\pL_][\pL\pN_-]*)\s*$`)

// LikelyTokens is about how many tokens a text has, at least as many as plain texts have:
// the lexer needs a hundred bytes for each before anybody can count them. A line of a
// heredoc without templates is one.
func LikelyTokens(data []byte) int {
	n, marker := 0, ""
	for line := range bytes.Lines(data) {
		if marker != "" {
			if string(bytes.TrimSpace(line)) == marker {
				marker = ""
			}
			if !bytes.Contains(line, []byte("{")) || !bytes.ContainsAny(line, "$%") {
				n++
				continue
			}
		} else if m := heredocStart.FindSubmatch(line); m != nil {
			marker = string(m[1])
		}
		word := false
		for _, c := range line {
			inWord := c >= 0x80 || c == '_' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
			if inWord && !word || !inWord && c != ' ' && c != '\t' && c != '\r' {
				n++
			}
			word = inWord
		}
	}
	return n
}
