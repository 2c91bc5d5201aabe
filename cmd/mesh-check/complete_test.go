package main

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// TestFlagsComplete holds that somebody has thought of each flag that takes a value, and of
// the arguments of each command: a shell offers files for what nobody has thought of.
func TestFlagsComplete(t *testing.T) {
	root := rootCommand(streams{strings.NewReader(""), io.Discard, io.Discard})
	seen := map[string]bool{}
	for _, cmd := range append(root.Commands(), root) {
		if name := cmd.Name(); cmd.ValidArgsFunction == nil && name != "help" && name != "completion" {
			t.Errorf("%s: nothing says what its arguments are; add it to arguments", name)
		}
		cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
			seen[f.Name] = true
			if _, offered := cmd.GetFlagCompletionFunc(f.Name); !offered && f.Value.Type() != "bool" {
				t.Errorf("%s --%s: nothing says what shells offer for it; add it to offers", cmd.Name(), f.Name)
			}
		})
	}
	for name := range offers {
		if !seen[name] {
			t.Errorf("offers has --%s, which no command has", name)
		}
	}
}

// TestComplete holds what shells are told, by the command that they ask.
func TestComplete(t *testing.T) {
	const files, nothingElse, noBlank = cobra.ShellCompDirectiveDefault, cobra.ShellCompDirectiveNoFileComp, cobra.ShellCompDirectiveNoSpace
	for _, c := range []struct {
		typed     string // a blank at the end: the next word has not begun
		has, not  string // words that are offered, and that are not
		directive cobra.ShellCompDirective
	}{
		{"-o ", "text line json sarif github markdown gitlab junit mermaid html", "", nothingElse | noBlank},
		{"-o sar", "sarif", "", nothingElse | noBlank},
		{"--output=", "sarif", "", nothingElse | noBlank},
		{"-o sarif=", "", "text sarif", files},
		{"--output=sarif=lo", "", "text sarif", files},
		{"view -o ", "mermaid", "", nothingElse | noBlank},
		{"cover -o ", "text json", "sarif", nothingElse | noBlank},
		{"checks -o ", "text json", "sarif", nothingElse},
		{"--fail-on ", "error warning note never", "", nothingElse},
		{"merge --fail-on ", "never", "", nothingElse},
		{"--explore=", "documented all off", "", nothingElse},
		{"cover --explore ", "documented all off", "", nothingElse},
		{"--istio-version ", "all 1.7 1.31", "1.6 1.32", nothingElse},
		{"--native-sidecars ", "auto on off", "", nothingElse},
		{"--mtls-mode ", "STRICT PERMISSIVE DISABLE", "", nothingElse},
		{"--data-plane ", "sidecar ambient", "", nothingElse},
		{"--outbound-traffic-policy ", "ALLOW_ANY REGISTRY_ONLY", "", nothingElse},
		{"--platform ", "openshift", "", nothingElse},
		{"--primary ", "template value", "", nothingElse},
		{"--releases ", "auto off", "", nothingElse},
		{"--color ", "auto always never", "", nothingElse},
		{"explain --color ", "auto always never", "", nothingElse},
		{"--only ", "MESH2 MESH201 application-uid-1337", "", nothingElse},
		{"--disable MESH101,MESH20", "MESH101,MESH201", "MESH201 MESH101", nothingElse},
		{"--severity ", "MESH201= application-uid-1337=", "MESH2", nothingElse | noBlank},
		{"--severity MESH104=error,MESH201=", "MESH104=error,MESH201=warning", "MESH201=warning", nothingElse},
		{"-n ", "", "default", nothingElse},
		{"-f ", "", "", files},
		{"--known-host ", "", "", nothingElse},
		{"", "check cover explain", "", files},
		{"charts/w", "", "check", files}, // the default command takes it
		{"check ", "", "check", files},
		{"view ", "sarif json", "", cobra.ShellCompDirectiveFilterFileExt},
		{"init ", "", "", cobra.ShellCompDirectiveFilterDirs},
		{"explain MESH20", "MESH201", "", nothingElse},
		{"explain MESH201 ", "", "MESH201", nothingElse},
	} {
		t.Run(c.typed, func(t *testing.T) {
			var out bytes.Buffer
			args := append([]string{"__complete"}, strings.Fields(c.typed)...)
			if c.typed == "" || strings.HasSuffix(c.typed, " ") {
				args = append(args, "")
			}
			if code := run(args, strings.NewReader(""), &out, io.Discard); code != exitClean {
				t.Fatalf("exit code %d\n%s", code, out.String())
			}
			lines := strings.Split(strings.TrimSpace(out.String()), "\n")
			var words []string
			for _, line := range lines[:len(lines)-1] {
				word, _, _ := strings.Cut(line, "\t")
				words = append(words, word)
			}
			for _, word := range strings.Fields(c.has) {
				if !slices.Contains(words, word) {
					t.Errorf("%s is not offered: %q", word, words)
				}
			}
			for _, word := range strings.Fields(c.not) {
				if slices.Contains(words, word) {
					t.Errorf("%s is offered: %q", word, words)
				}
			}
			if want := ":" + strconv.Itoa(int(c.directive)); lines[len(lines)-1] != want {
				t.Errorf("directive %s, want %s", lines[len(lines)-1], want)
			}
		})
	}
}
