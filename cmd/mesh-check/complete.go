package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/suite"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
	"github.com/mesh-check/mesh-check/sarif/view"
)

// The words that flags may have, besides those of the mesh, which config.Switches has.
var (
	failOnWords   = []string{"error", "warning", "note", "never"}
	primaryWords  = []string{"template", "value"}
	releasesWords = []string{releasesAuto, releasesOff}
	exploreWords  = []string{exploreDocumented, exploreAll, exploreOff}
	colorWords    = []string{"auto", "always", "never"}
	ownFormats    = []string{"text", "json"} // of commands whose report is not a log
)

// offer is what a shell gets for the beginning of a word.
type offer = cobra.CompletionFunc

// offers are what shells offer for the value of a flag. TestFlagsComplete holds that each
// flag that takes a value is in here, also one whose values a person alone can know.
var offers = map[string]offer{
	"output":   offerFormats,
	"fail-on":  offerWords(failOnWords),
	"primary":  offerWords(primaryWords),
	"releases": offerWords(releasesWords),
	"explore":  offerWords(exploreWords),
	"color":    offerWords(colorWords),
	"only":     offerChecks(""), "enable": offerChecks(""), "disable": offerChecks(""), "severity": offerChecks("="),
	"istio-version": offerWords(istioWords()),

	"values": offerFiles, "values-set": offerFiles, "set-file": offerFiles, "exclude": offerFiles, "config": offerFiles,
	"var-file": offerFilesOf("tfvars", "json"), "baseline": offerFilesOf("sarif", "json"),
	"source": offerFiles, "write-ci": offerDirectories,

	"set": offerNothing, "set-string": offerNothing, "set-json": offerNothing, "set-literal": offerNothing, "var": offerNothing,
	"namespace": offerNothing, "release-name": offerNothing, "workspace": offerNothing, "istio-namespace": offerNothing,
	"kube-version": offerNothing, "api-versions": offerNothing, "shard": offerNothing, "explore-budget": offerNothing,
	"min": offerNothing, "min-explored": offerNothing, "jobs": offerNothing, "timeout": offerNothing, "max-memory": offerNothing,
}

// arguments are what shells offer for the arguments of commands. The root has commands, and
// files where none fits.
var arguments = map[string]offer{
	"mesh-check": offerFiles, "check": offerFiles, "blame": offerFiles, "cover": offerFiles,
	"releases": offerDirectories, "init": offerDirectories,
	"view": offerFilesOf("sarif", "json"), "merge": offerFilesOf("sarif", "json"),
	"checks": offerNothing, "version": offerNothing,
}

// complete gives a command what shells offer for it.
func complete(cmd *cobra.Command) {
	if offer, ok := arguments[cmd.Name()]; ok {
		cmd.ValidArgsFunction = offer
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if offer := offerOf(f); offer != nil {
			_ = cmd.RegisterFlagCompletionFunc(f.Name, offer) // the root and check have the same flags
		}
	})
	for _, sub := range cmd.Commands() {
		complete(sub)
	}
}

// offerOf is what is offered for a flag; nil for one that takes no value, or is not known.
func offerOf(f *pflag.Flag) offer {
	if f.Value.Type() == "bool" {
		return nil
	}
	if i := slices.IndexFunc(config.Switches, func(s config.Switch) bool { return s.Flag == f.Name }); i >= 0 && offers[f.Name] == nil {
		return offerWords(config.Switches[i].Words) // none: a person alone knows them
	}
	return offers[f.Name]
}

// offerWords offers some words, but not the empty one.
func offerWords(all []string) offer {
	all = slices.DeleteFunc(slices.Clone(all), func(word string) bool { return word == "" })
	return cobra.FixedCompletions(all, cobra.ShellCompDirectiveNoFileComp)
}

// offerNothing is for what no list has: without it, shells would offer files.
var offerNothing = offerWords(nil)

// offerFiles leaves it to the shell.
func offerFiles(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
}

func offerFilesOf(extensions ...string) offer {
	return cobra.FixedCompletions(extensions, cobra.ShellCompDirectiveFilterFileExt)
}

func offerDirectories(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// offerFormats offers the formats of a command, without a blank behind them, and files behind =.
func offerFormats(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	formats, end := view.Names(), cobra.ShellCompDirectiveNoSpace
	switch cmd.Name() {
	case "blame", "cover", "releases":
		formats = ownFormats
	case "checks": // prints, and writes no file
		formats, end = ownFormats, 0
	}
	if strings.Contains(typed, "=") {
		return nil, cobra.ShellCompDirectiveDefault
	}
	return formats, end | cobra.ShellCompDirectiveNoFileComp
}

// offerChecks offers ids, names and groups of checks for the last word of a list; behind the
// mark, if there is one, severities.
func offerChecks(mark string) offer {
	return func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		before := typed[:strings.LastIndex(typed, ",")+1]
		check, _, levelled := strings.Cut(typed[len(before):], "=")
		var all []string
		end := cobra.ShellCompDirectiveNoFileComp
		switch {
		case mark != "" && levelled:
			for _, level := range levels {
				all = append(all, before+check+"="+string(level))
			}
			return all, end
		case mark != "":
			end |= cobra.ShellCompDirectiveNoSpace
		default:
			for _, c := range suite.Checks {
				if group := c.ID[:len("MESH1")]; !slices.Contains(all, before+group) {
					all = append(all, before+group)
				}
			}
		}
		for _, c := range suite.Checks {
			all = append(all, before+c.ID+mark+"\t"+c.Name, before+c.Name+mark+"\t"+c.ID)
		}
		return all, end
	}
}

// istioWords are what --istio-version may be: all, and the releases, the newest first.
func istioWords() []string {
	all := []string{checks.AllIstio}
	minor := func(version string) int {
		n, _ := strconv.Atoi(strings.TrimPrefix(version, "1."))
		return n
	}
	for n := minor(checks.NewestIstio); n >= minor(checks.OldestIstio); n-- {
		all = append(all, "1."+strconv.Itoa(n))
	}
	return all
}
