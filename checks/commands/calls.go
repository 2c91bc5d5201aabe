// Package commands reads what containers run: shell scripts and argument lists, the requests of curl, wget and their like, nginx
// configurations, URLs and host:port texts. In: fields and texts. Out: values with their places; what is not known is returned,
// and whoever asks records it. Nothing is run.
package commands

import (
	"path"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks/lazyregexp"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// Call is one call of a program by something that the input executes.
type Call struct {
	// Words are the program and its arguments, wrappers such as env or timeout
	// taken away.
	Words []CallWord
	// Pipeline is the source of the pipeline or argument list around the call.
	Pipeline string
	// Handled says that the script around the call goes on where it fails: it is in a loop, a condition, a
	// function or left of ||.
	Handled bool
	// Background says that the script around the call does not wait for it.
	Background bool
	// By is the container that runs it.
	By object.Container
}

// CallWord is one word of a call.
type CallWord struct {
	shellWord
	// Field is where the word is written: its own element of command or args, or
	// its bytes in the text of the whole script.
	object.Field
}

// Cut is the bytes [start, end) of the word.
func (w CallWord) Cut(start, end int) CallWord {
	if start == 0 && end == len(w.Text) {
		return w
	}
	return CallWord{w.shellWord.cut(start, end), w.Field.Within(w.shellWord.span(start, end))}
}

// Program is the base name of the called program.
func (c Call) Program() string { return path.Base(c.Words[0].Text) }

// Runs reports whether the call runs a script with the base name, by itself or by a shell.
func (c Call) Runs(script string) bool {
	is := func(w CallWord) bool { return path.Base(w.Text) == script }
	runner := slices.Contains(shells, c.Program()) || c.Program() == "." || c.Program() == "source"
	return is(c.Words[0]) || runner && slices.ContainsFunc(c.Words[1:], is)
}

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

var assignment = lazyregexp.New(`^[A-Za-z_][A-Za-z0-9_]*=`)

// unwrap takes wrappers off the front of a command line.
func unwrap(words []CallWord) []CallWord {
	for len(words) > 0 {
		w, ok := wrappers[path.Base(words[0].Text)]
		if !ok {
			break
		}
		words = w.command(words[1:])
	}
	return words
}

// command is what is left of a wrapper's arguments from the program on.
func (w wrapper) command(args []CallWord) []CallWord {
	operands := w.operands
	for i := 0; i < len(args); i++ {
		word := args[i].Text
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

// shells are the programs that take a script behind -c. Source: POSIX.1-2024, sh; the manuals of bash, dash, ksh, zsh and
// BusyBox.
var shells = []string{"sh", "bash", "ash", "dash", "ksh", "zsh"}

// inlineScript is the script behind -c of a shell: sh -ec "…".
func inlineScript(words []CallWord) (CallWord, bool) {
	if len(words) == 0 || !slices.Contains(shells, path.Base(words[0].Text)) {
		return CallWord{}, false
	}
	takesScript := false
	for i := 1; i < len(words); i++ {
		word := words[i].Text
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
			return CallWord{}, false
		}
	}
	return CallWord{}, false
}

// maxInline is how many shells within shells are followed.
const maxInline = 5

// resolve returns the calls that a command line makes: itself, or those of the
// script that it hands to a shell.
func resolve(words []CallWord, pipeline string, by object.Container, depth int) []Call {
	words = unwrap(words)
	if len(words) == 0 {
		return nil
	}
	script, ok := inlineScript(words)
	if !ok || depth >= maxInline {
		return []Call{{Words: words, Pipeline: pipeline, By: by}}
	}
	return scriptCalls(script, by, depth+1)
}

// TextCalls returns the calls of a shell script that is the text of a field and that a
// container runs.
func TextCalls(text object.Str, by object.Container) []Call {
	return scriptCalls(CallWord{shellWord{Text: text.V}, text.Field}, by, 0)
}

// scriptCalls returns the calls of a shell script, which is a word of a call or the text
// of a field.
func scriptCalls(script CallWord, by object.Container, depth int) []Call {
	var calls []Call
	for _, found := range shellCalls(script.Text) {
		words := make([]CallWord, len(found.words))
		for i, w := range found.words {
			w = w.within(script.shellWord)
			words[i] = CallWord{w, script.Field.Within(w.span(0, len(w.Text)))}
		}
		inner := resolve(words, found.pipeline, by, depth)
		for i := range inner {
			inner[i].Handled = inner[i].Handled || found.handled
			inner[i].Background = inner[i].Background || found.background
		}
		calls = append(calls, inner...)
	}
	return calls
}

// CommandLine is one list of words that a container executes.
type CommandLine struct {
	Words []object.Str
	by    object.Container
}

// CommandLines returns what a container executes: command and args as one, and the
// exec handlers of probes and lifecycle.
func CommandLines(c object.Container) []CommandLine {
	lines := []CommandLine{{strs(c.Command(), c.Args()), c}}
	for _, p := range c.Probes() {
		lines = append(lines, CommandLineOf(p))
	}
	return lines
}

// CommandLineOf returns what the exec handler of a probe or lifecycle hook executes.
func CommandLineOf(p object.Probe) CommandLine { return CommandLine{strs(p.Command()), p.Container} }

// strs are the words of some lists.
func strs(lists ...object.Field) []object.Str {
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

// Unknown returns the first word whose value is not known.
func (l CommandLine) Unknown() (object.Field, bool) {
	for _, w := range l.Words {
		if w.Unknown() {
			return w.Field, true
		}
	}
	return object.Field{}, false
}

// Calls returns the calls of a command line. Kubernetes has put $(NAME) in before
// the program starts, so that such a word is not plain.
func (l CommandLine) Calls() []Call {
	var words []CallWord
	var texts []string
	for _, w := range l.Words {
		words = append(words, CallWord{shellWord{Text: w.V, Plain: w.Known() && !strings.Contains(w.V, "$(")}, w.Field})
		texts = append(texts, w.V)
	}
	return resolve(words, strings.Join(texts, " "), l.by, 0)
}

// Mentions reports whether one of some texts occurs in the command line: the cheap
// question before the line is parsed.
func (l CommandLine) Mentions(texts ...string) bool {
	return slices.ContainsFunc(l.Words, func(w object.Str) bool { return Mentions(w.V, texts...) })
}

// Mentions reports whether one of some words occurs in a text.
func Mentions(text string, words ...string) bool {
	return slices.ContainsFunc(words, func(s string) bool { return strings.Contains(text, s) })
}

var shebang = lazyregexp.New(`^#![^\n]*\b(ba|da|a|k|z)?sh\b`)

// IsScript reports whether an entry of a ConfigMap is a shell script: by its name or
// its first line.
func IsScript(entry object.Field) bool {
	for _, ending := range []string{".sh", ".bash", ".ash", ".ksh"} {
		if strings.HasSuffix(entry.Name(), ending) {
			return true
		}
	}
	return shebang().MatchString(entry.Str().V)
}
