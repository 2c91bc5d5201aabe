package view

import (
	"bytes"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/sarif/safetext"
)

// What a step of CI prints is read for commands: by GitHub's runner "::" at the start of
// a line and "##[" anywhere (github.com/actions/runner, src/Runner.Common/ActionCommand.cs),
// by Azure's agent "##vso[" anywhere, by TeamCity "##teamcity[". No text of an input may be one.
var (
	inText = strings.NewReplacer("##[", "# #[", "##vso[", "# #vso[", "##teamcity[", "# #teamcity[")
	inJSON = strings.NewReplacer("##[", `#\u0023[`, "##vso[", `#\u0023vso[`, "##teamcity[", `#\u0023teamcity[`)
)

// commands are what the replacers look for. Pages in a log have "##" in hundreds of places,
// and no command: a look for each is much faster than replacing nothing.
var commands = [][]byte{[]byte("##["), []byte("##vso["), []byte("##teamcity[")}

// neutralizeCICommands takes the commands out of an output that others' texts could have put
// there. In JSON the texts stay what they are.
func neutralizeCICommands(format string, out []byte) []byte {
	if slices.ContainsFunc(commands, func(c []byte) bool { return bytes.Contains(out, c) }) {
		replacer := inText
		if format == "json" || format == "sarif" || format == "gitlab" {
			replacer = inJSON
		}
		out = []byte(replacer.Replace(string(out)))
	}
	return out
}

// NeutralizeCICommands takes the commands out of JSON: they are escaped, so that the texts stay what
// they are.
func NeutralizeCICommands(json []byte) []byte { return neutralizeCICommands("json", json) }

// Line is a line of a file as a terminal or the log of CI may show it, behind something
// else: OneLine with its tabs and blanks.
func Line(s string) string { return inText.Replace(safetext.CleanLine(s)) }

// escapeLineStart is a text at the start of a line: a file named like a command gets the
// "./" that it may have in front.
func escapeLineStart(s string) string {
	if strings.HasPrefix(strings.TrimSpace(s), "::") {
		return "./" + s
	}
	return s
}

// OneLine is a text that others wrote, fit for one line of a terminal or of the log of
// CI: without control characters, marks that turn the direction of writing, characters
// that show nothing, and commands.
func OneLine(s string) string {
	return inText.Replace(escapeLineStart(strings.TrimSpace(safetext.Clean(s))))
}
