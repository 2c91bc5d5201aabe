package ignore

import (
	"path"
	"strings"

	"github.com/mesh-check/mesh-check/render/source"
)

// language says what a comment is in a file.
type language uint8

const (
	noLanguage language = iota // what is a comment there is not known
	yamlText
	templateText // of Helm: YAML with actions
	hclText
)

// languages are those of files by the end of their names.
var languages = map[string]language{
	".yaml": yamlText, ".yml": yamlText, ".json": yamlText,
	".tpl": templateText, ".tftpl": templateText,
	".tf": hclText, ".tfvars": hclText, ".hcl": hclText, ".tofu": hclText,
}

// languageOf is the language of a file by its name.
func languageOf(f *source.File) language {
	if strings.Contains("/"+f.Path, "/templates/") {
		return templateText
	}
	return languages[path.Ext(f.Path)]
}

// span is a comment in a text, in bytes, with the signs that make it one.
type span struct{ start, end int }

// comments are the comments of a text, in their order.
func (l language) comments(text []byte) []span {
	switch l {
	case yamlText:
		return yamlComments(text)
	case templateText:
		return templateComments(text)
	case hclText:
		return hclComments(text)
	}
	return nil
}
