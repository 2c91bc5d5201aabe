package delivery

import (
	"iter"
	"slices"
	"strings"
)

// argoVariables are those that Argo CD puts into the texts of a source; every other one is empty.
//
// Source: reposerver/repository/repository.go (newEnv) of argoproj/argo-cd, at 37ee0097cf (August 2026), and
// docs/user-guide/build-environment.md.
var argoVariables = []string{
	"ARGOCD_APP_NAME", "ARGOCD_APP_NAMESPACE", "ARGOCD_APP_PROJECT_NAME",
	"ARGOCD_APP_REVISION", "ARGOCD_APP_REVISION_SHORT", "ARGOCD_APP_REVISION_SHORT_8",
	"ARGOCD_APP_SOURCE_REPO_URL", "ARGOCD_APP_SOURCE_PATH", "ARGOCD_APP_SOURCE_TARGET_REVISION",
}

// pluginVariables are those that the variables of a plugin may use besides. Source: as above, getPluginEnvs.
var pluginVariables = []string{"KUBE_VERSION", "KUBE_API_VERSIONS"}

// blank stands for a part of a template, of which nothing is known.
const blank = '\x00'

// withoutTemplates has a blank for what stands between {{ and }}; all other bytes stay where they are.
func withoutTemplates(text string) string {
	out := []byte(text)
	for at := 0; ; {
		open := strings.Index(text[at:], "{{")
		if open < 0 {
			return string(out)
		}
		open += at
		end := len(text)
		if i := strings.Index(text[open:], "}}"); i >= 0 {
			end = open + i + len("}}")
		}
		for i := open; i < end; i++ {
			out[i] = blank
		}
		at = end
	}
}

// variable is $NAME or ${NAME} in a text.
type variable struct {
	start, end int // bytes of the text
	name       string
}

// variablesIn are those of a text, as os.Expand finds them: ${ without an end, and ${}, have no name and are taken away like
// variables that are empty; a $ with no name behind it stays, and $$ has the name $.
func variablesIn(text string) iter.Seq[variable] {
	return func(yield func(variable) bool) {
		last := strings.LastIndexByte(text, '}') // looked for once: a long text may have many ${
		for i := 0; i < len(text)-1; i++ {
			if text[i] != '$' {
				continue
			}
			name, width := variableName(text[i+1:], last > i)
			if width > 0 && !yield(variable{i, i + 1 + width, name}) {
				return
			}
			i += width
		}
	}
}

// variableName is the name at the beginning of a text behind a $, and how many bytes are taken with it; ends says that there
// is a } in the text.
func variableName(text string, ends bool) (name string, width int) {
	switch c := text[0]; {
	case c == '{' && len(text) > 2 && special(text[1]) && text[2] == '}':
		return text[1:2], 3
	case c == '{' && ends:
		end := strings.IndexByte(text, '}')
		return text[1:end], end + 1
	case c == '{':
		return "", 1
	case special(c):
		return text[:1], 1
	}
	end := 0
	for end < len(text) && (text[end] == '_' || letter(text[end]) || digit(text[end])) {
		end++
	}
	return text[:end], end
}

func digit(c byte) bool  { return '0' <= c && c <= '9' }
func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// special reports whether a byte is a name by itself, as in a shell: the digits too, so that $2a is $2 and an a.
func special(c byte) bool { return digit(c) || strings.IndexByte("*#$@!?-", c) >= 0 }

// emptied is the first variable of a text that Argo CD certainly replaces by nothing.
func emptied(text string, known []string) (variable, bool) {
	for v := range variablesIn(text) {
		behind := text[v.end:]
		switch {
		case v.name == "$" || slices.Contains(known, v.name):
		case strings.HasPrefix(text[v.start:], "${{"):
			// of a tool that has not yet run: GitHub Actions, Backstage
		case strings.ContainsRune(v.name, blank) || strings.HasPrefix(behind, string(blank)):
			head, _, _ := strings.Cut(v.name, string(blank))
			if !slices.ContainsFunc(known, func(k string) bool { return strings.HasPrefix(k, head) }) {
				return v, true
			}
		default:
			return v, true
		}
	}
	return variable{}, false
}
