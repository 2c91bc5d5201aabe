package checks

import (
	"path"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// call is one call of a program by something that the input executes.
type call struct {
	// words are the program and its arguments, wrappers such as env or timeout
	// taken away.
	words []callWord
	// pipeline is the source of the pipeline or argument list around the call.
	pipeline string
	// by is the container that runs it.
	by object.Container
}

// callWord is one word of a call.
type callWord struct {
	shellWord
	// Field is where the word is written: its own element of command or args, or
	// its bytes in the text of the whole script.
	object.Field
}

// cut is the bytes [start, end) of the word.
func (w callWord) cut(start, end int) callWord {
	if start == 0 && end == len(w.text) {
		return w
	}
	return callWord{w.shellWord.cut(start, end), w.Field.Within(w.shellWord.span(start, end))}
}

// program is the base name of the called program.
func (c call) program() string { return path.Base(c.words[0].text) }

// wrapper says how to find the program behind a program that runs another one.
type wrapper struct {
	withValue string // letters of the options that take a value of their own
	operands  int    // operands before the program
}

// wrappers are the programs that run what their arguments say. Source: their manual
// pages (GNU coreutils and findutils, sudo, gosu, su-exec, tini, dumb-init, busybox).
var wrappers = map[string]wrapper{
	"busybox": {}, "chronic": {}, "command": {}, "dumb-init": {withValue: "r"}, "env": {withValue: "uCS"},
	"exec": {withValue: "a"}, "gosu": {operands: 1}, "ionice": {withValue: "cn"}, "nice": {withValue: "n"},
	"nohup": {}, "setsid": {}, "stdbuf": {withValue: "ioe"}, "su-exec": {operands: 1}, "sudo": {withValue: "ugCDhpRT"},
	"time": {withValue: "fo"}, "timeout": {withValue: "ks", operands: 1}, "tini": {withValue: "pe"},
	"xargs": {withValue: "adEILnPs"},
}

var assignment = lazily(`^[A-Za-z_][A-Za-z0-9_]*=`)

// unwrap takes wrappers off the front of a command line.
func unwrap(words []callWord) []callWord {
	for len(words) > 0 {
		w, ok := wrappers[path.Base(words[0].text)]
		if !ok {
			break
		}
		words = w.command(words[1:])
	}
	return words
}

// command is what is left of a wrapper's arguments from the program on.
func (w wrapper) command(args []callWord) []callWord {
	operands := w.operands
	for i := 0; i < len(args); i++ {
		word := args[i].text
		switch {
		case len(word) == 2 && word[0] == '-' && strings.Contains(w.withValue, word[1:]):
			i++
		case strings.HasPrefix(word, "-"), assignment().MatchString(word):
		case operands > 0:
			operands--
		default:
			return args[i:]
		}
	}
	return nil
}

// shells are the programs that take a script behind -c.
var shells = []string{"sh", "bash", "ash", "dash", "ksh", "zsh"}

// inlineScript is the script behind -c of a shell: sh -ec "…".
func inlineScript(words []callWord) (callWord, bool) {
	if len(words) == 0 || !slices.Contains(shells, path.Base(words[0].text)) {
		return callWord{}, false
	}
	takesScript := false
	for i := 1; i < len(words); i++ {
		word := words[i].text
		switch {
		case strings.HasPrefix(word, "--"):
		case len(word) > 1 && (word[0] == '-' || word[0] == '+'):
			takesScript = takesScript || word[0] == '-' && strings.Contains(word, "c")
			if strings.HasSuffix(word, "o") || strings.HasSuffix(word, "O") { // set -o NAME
				i++
			}
		case takesScript:
			return words[i], true
		default: // a script file
			return callWord{}, false
		}
	}
	return callWord{}, false
}

// maxInline is how many shells within shells are followed.
const maxInline = 5

// resolve returns the calls that a command line makes: itself, or those of the
// script that it hands to a shell.
func resolve(words []callWord, pipeline string, by object.Container, depth int) []call {
	words = unwrap(words)
	if len(words) == 0 {
		return nil
	}
	script, ok := inlineScript(words)
	if !ok || depth >= maxInline {
		return []call{{words: words, pipeline: pipeline, by: by}}
	}
	return scriptCalls(script, by, depth+1)
}

// textCalls returns the calls of a shell script that is the text of a field and that a
// container runs.
func textCalls(text object.Str, by object.Container) []call {
	return scriptCalls(callWord{shellWord{text: text.V}, text.Field}, by, 0)
}

// scriptCalls returns the calls of a shell script, which is a word of a call or the text
// of a field.
func scriptCalls(script callWord, by object.Container, depth int) []call {
	var calls []call
	for _, found := range shellCalls(script.text) {
		words := make([]callWord, len(found.words))
		for i, w := range found.words {
			w = w.within(script.shellWord)
			words[i] = callWord{w, script.Field.Within(w.span(0, len(w.text)))}
		}
		calls = append(calls, resolve(words, found.pipeline, by, depth)...)
	}
	return calls
}

// commandLine is one list of words that a container executes.
type commandLine struct {
	words []object.Str
	by    object.Container
}

// commandLines returns what a container executes: command and args as one, and the
// exec handlers of probes and lifecycle.
func commandLines(c object.Container) []commandLine {
	strs := func(lists ...object.Field) []object.Str {
		var words []object.Str
		for _, list := range lists {
			if list.Unknown() {
				words = append(words, list.Str())
			}
			for _, f := range list.Items() {
				words = append(words, f.Str())
			}
		}
		return words
	}
	lines := []commandLine{{strs(c.Get("command"), c.Get("args")), c}}
	for _, p := range c.Probes() {
		lines = append(lines, commandLine{strs(p.Get("exec", "command")), c})
	}
	return lines
}

// unknown returns the first word whose value is not known.
func (l commandLine) unknown() (object.Field, bool) {
	for _, w := range l.words {
		if w.Unknown() {
			return w.Field, true
		}
	}
	return object.Field{}, false
}

// calls returns the calls of a command line. Kubernetes has put $(NAME) in before
// the program starts, so that such a word is not plain.
func (l commandLine) calls() []call {
	var words []callWord
	var texts []string
	for _, w := range l.words {
		words = append(words, callWord{shellWord{text: w.V, plain: w.Known() && !strings.Contains(w.V, "$(")}, w.Field})
		texts = append(texts, w.V)
	}
	return resolve(words, strings.Join(texts, " "), l.by, 0)
}

// mentions says whether one of some texts occurs in the command line: the cheap
// question before the line is parsed.
func (l commandLine) mentions(texts ...string) bool {
	return slices.ContainsFunc(l.words, func(w object.Str) bool { return mentions(w.V, texts...) })
}

// mentions says whether one of some words occurs in a text.
func mentions(text string, words ...string) bool {
	return slices.ContainsFunc(words, func(s string) bool { return strings.Contains(text, s) })
}

var shebang = lazily(`^#![^\n]*\b(ba|da|a|k|z)?sh\b`)

// isScript says whether an entry of a ConfigMap is a shell script: by its name or
// its first line.
func isScript(entry object.Field) bool {
	for _, ending := range []string{".sh", ".bash", ".ash", ".ksh"} {
		if strings.HasSuffix(entry.Name(), ending) {
			return true
		}
	}
	return shebang().MatchString(entry.Str().V)
}
