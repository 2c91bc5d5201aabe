package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/input"
)

// What init writes at most; config has bounds for what it reads.
const (
	maxInitInputs = 500
	maxInitFiles  = 40 // of one input
)

// configurationOf is the text of the configuration of a directory and what it holds, in
// words.
func configurationOf(dir string, found []input.Input) (text, summary string) {
	var b strings.Builder
	b.WriteString("# What mesh-check does here: https://github.com/mesh-check/mesh-check#configuration\n" +
		"version: 1\n# exclude: [old/**]   # what is not searched\n" +
		"# releases: {ignore: [tests/**]}   # what declares no releases; in the root of the repository\n")
	inputs, files, left := 0, 0, 0
	for _, in := range found {
		path, err := relative(dir, in.Path)
		if len(in.Beside) == 0 || in.Fault != nil || err != nil {
			continue
		}
		names := slices.DeleteFunc(slices.Clone(in.Beside), func(name string) bool { return !writable(name) })
		names = names[:min(len(names), maxInitFiles)]
		left += len(in.Beside) - len(names)
		if !writable(path) || len(names) == 0 || inputs == maxInitInputs {
			left += len(names)
			continue
		}
		if inputs == 0 {
			b.WriteString("inputs:\n")
		}
		inputs, files = inputs+1, files+len(names)
		fmt.Fprintf(&b, "  - path: %s\n", scalar(path))
		if in.Kind == input.KindChart {
			writeSets(&b, names)
		} else {
			writeVarFiles(&b, names)
		}
	}
	if left > 0 {
		fmt.Fprintf(&b, "# %d more values files and variable files were found and are not listed here.\n", left)
	}
	summary = fmt.Sprintf("%d inputs; values files and variable files: %d", inputs, files)
	switch inputs {
	case 1:
		summary = strings.Replace(summary, "1 inputs", "1 input", 1)
	case 0:
		summary = "no values files next to a values.yaml and no .tfvars files were found"
	}
	return b.String(), summary
}

// relative is a path as the configuration of a directory writes it.
func relative(dir, path string) (string, error) {
	from, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	to, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(from, to)
	return filepath.ToSlash(rel), err
}

// writeSets writes each values file as a values set of its own.
func writeSets(b *strings.Builder, names []string) {
	b.WriteString("    values-sets:\n")
	taken := map[string]bool{}
	for _, name := range names {
		set := helm.SetName(name)
		if taken[set] {
			set = name
		}
		taken[set] = true
		fmt.Fprintf(b, "      %s: [%s]\n", scalar(set), scalar(name))
	}
}

// writeVarFiles writes the first file of variables: several most often stand for one
// another, and a person knows which.
func writeVarFiles(b *strings.Builder, names []string) {
	fmt.Fprintf(b, "    var-files: [%s]\n", scalar(names[0]))
	for _, name := range names[1:] {
		fmt.Fprintf(b, "    # or %s\n", scalar(name))
	}
}

// plain is what needs no quotes in YAML, in any version of it.
var plain = regexp.MustCompile(`^[A-Za-z_./][A-Za-z0-9_./-]*[A-Za-z_/]$`)

// words are those that YAML takes for something else.
var words = []string{"true", "false", "yes", "no", "on", "off", "null", "y", "n"}

// scalar is a text as YAML writes it.
func scalar(text string) string {
	if plain.MatchString(text) && !slices.Contains(words, strings.ToLower(text)) {
		return text
	}
	return strconv.Quote(text)
}

// writable reports whether the configuration can name a file, for any reader.
func writable(name string) bool {
	return utf8.ValidString(name) && strings.TrimSpace(name) == name && len(name) <= 200 && !strings.ContainsAny(name, "\\\n\r\t") &&
		!strings.Contains(name, "://") && name == oneLine(name) && !strings.HasPrefix(name, "../") && name != config.FileName
}
