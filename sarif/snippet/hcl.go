package snippet

import (
	"strings"
	"unicode/utf8"

	"github.com/mesh-check/mesh-check/checks/lazyregexp"
)

// Expressions of HCL are code that was written for everybody to read: names, calls,
// numbers. What may be secret in them are texts, but not the path of a file that is read
// nor the key of a map.

var (
	// expression is one without texts and constructors in it; blockHeader the type and
	// labels of a block.
	expression  = lazyregexp.New(`^(?:[^"{}\[\]]|\[[\w.*]*\]){0,200}$`)
	blockHeader = lazyregexp.New(`^[a-z_]+(?: "[^"]*")* *$`)
	// fileCall is the call of a function that takes a path, up to the end of the path
	// (https://developer.hashicorp.com/terraform/language/functions, Terraform 1.14).
	fileCall = lazyregexp.New(`\b(?:file(?:exists|set|base64|base64sha256|base64sha512|md5|sha1|sha256|sha512)?|templatefile|abspath|basename|dirname|pathexpand)\(\s*"(?:[^"\\{}]|\$\{[\w.]+\})*"`)
	// mapKey is the index of a map.
	mapKey = lazyregexp.New(`\["[\w./-]*"\]`)
	// attribute is an attribute with its expression, which has the line for itself.
	attribute = lazyregexp.New(`^(\s*[\w-]+\s*=\s*)(\S.*?)\s*$`)
)

// plainExpression reports whether nothing in an expression can be secret.
func plainExpression(s string) bool {
	s = mapKey().ReplaceAllString(fileCall().ReplaceAllString(s, ""), "")
	return expression().MatchString(s) && !strings.Contains(s, "#") && !strings.Contains(s, "//") && !strings.Contains(s, "/*")
}

// hcl is a span in a file of Terraform: in an attribute that is a plain expression the
// whole line is repeated, since a part of an expression says little.
func (l lineParts) hcl(at, till int) Snippet {
	m := attribute().FindStringSubmatch(l.before + l.span + l.behind)
	if l.skipped == 0 && l.show == ShowValue && m != nil && plainExpression(m[2]) {
		rest := strings.TrimRight(l.behind, " \t\r\n")
		return l.cut(0, at, till+utf8.RuneCountInString(rest), l.span+rest, true)
	}
	return l.value(at, till, plainExpression(l.span) || scalarText().MatchString(l.span) || blockHeader().MatchString(l.span))
}
