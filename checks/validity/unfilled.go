package validity

import (
	"strings"
	"unicode"

	"github.com/mesh-check/mesh-check/frontends/object/schema"
)

// unfilled reports whether a value, or the name of a member, has a place that another tool fills in before the objects are
// applied: what will be there is not known. Flux and envsubst have ${NAME}, Kustomize has $(NAME) and replacements of parts
// of a name such as NAMESPACE_PLACEHOLDER, and templates have {{ }}.
func unfilled(p schema.Problem) bool {
	text := p.Field.Name()
	if !p.Field.OnKey() && p.Field.Node().Scalar() {
		text = p.Field.Node().Text
	}
	if strings.Contains(text, "${") || strings.Contains(text, "{{") {
		return true
	}
	return p.Sort != schema.Expression && (strings.Contains(text, "$(") || strings.ContainsAny(text, ".{") && hasConstant(text))
}

// hasConstant reports whether a word of a text, but not all of it, is written in capitals with underscores.
func hasConstant(text string) bool {
	words := strings.FieldsFunc(text, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, word := range words {
		if word != text && strings.Contains(word, "_") && strings.ToUpper(word) == word && strings.ToLower(word) != word {
			return true
		}
	}
	return false
}
