package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/suite"
)

// listed is one check of `checks -o json`, schema 1.
type listed struct {
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Severity string        `json:"severity"`
	Summary  string        `json:"summary"`
	Modes    []checks.Mode `json:"modes"`
	Versions struct {
		Since string `json:"since"`
		Until string `json:"until"`
	} `json:"versions"`
	// Kubernetes bounds the versions of Kubernetes, as Versions those of Istio.
	Kubernetes struct {
		Since string `json:"since"`
		Until string `json:"until"`
	} `json:"kubernetes"`
	Istio []string `json:"istio"`
	// Optional checks run only where they are asked for.
	Optional bool `json:"optional,omitempty"`
	// Added is the minor release of mesh-check that has the check first. In it a check is a note,
	// and Becomes is its severity from the next one on.
	Added   string `json:"added"`
	Becomes string `json:"becomes,omitempty"`
}

func checksCommand(s streams) *cobra.Command {
	var format string
	g := newGroup("Output")
	g.flags.StringVarP(&format, "output", "o", "text", "`text|json`")
	return grouped(&cobra.Command{
		Use:   "checks [flags]",
		Short: "List every check",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := oneOf("output", &format, ownFormats...); err != nil {
				return err
			}
			if format == "json" {
				return writeChecksJSON(s.out)
			}
			if width := terminalWidth(s.out); width > 0 {
				return writeChecksWrapped(s.out, width)
			}
			return writeChecksText(s.out)
		},
	}, g)
}

// writeChecksWrapped writes a line for each check, and below it what Istio requires, as it
// fits a terminal.
func writeChecksWrapped(w io.Writer, width int) error {
	var b strings.Builder
	for _, c := range suite.Checks {
		about := []string{severityIn(c)}
		if len(c.Modes) == 1 {
			about = append(about, string(c.Modes[0])+" alone")
		}
		if v := versions(c); v != "all" {
			about = append(about, "Istio "+v)
		}
		if c.Optional {
			about = append(about, "off by default")
		}
		fmt.Fprintf(&b, "%s %s (%s)\n", c.ID, c.Name, strings.Join(about, ", "))
		for _, line := range wrap(c.Summary, max(30, min(width, pageWidth)-len(checkIndent))) {
			b.WriteString(checkIndent + line + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// checkIndent is in front of what a check requires, below its id.
const checkIndent = "    "

// writeChecksText writes a table with a line for each check, for programs that read lines.
func writeChecksText(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "ID\tSEVERITY\tNAME\tMODES\tISTIO\tWHAT ISTIO REQUIRES")
	for _, c := range suite.Checks {
		modes := make([]string, len(c.Modes))
		for i, m := range c.Modes {
			modes[i] = string(m)
		}
		severity := severityIn(c)
		if c.Optional {
			severity += " (off)"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", c.ID, severity, c.Name, strings.Join(modes, ","), versions(c), c.Summary)
	}
	return t.Flush()
}

// versions is the range of Istio versions of a check in words.
func versions(c *checks.Check) string {
	switch {
	case c.Since == "" && c.Until == "":
		return "all"
	case c.Until == "":
		return "from " + c.Since
	case c.Since == "":
		return "to " + c.Until
	}
	return c.Since + " to " + c.Until
}

func writeChecksJSON(w io.Writer) error {
	all := make([]listed, 0, len(suite.Checks))
	for _, c := range suite.Checks {
		l := listed{
			ID: c.ID, Name: c.Name, Severity: string(c.In(minorRelease()).Severity), Added: c.Added(), Summary: c.Summary,
			Modes: append([]checks.Mode{}, c.Modes...), Istio: append([]string{}, c.Istio...),
			Optional: c.Optional,
		}
		if c.NewIn(minorRelease()) {
			l.Becomes = string(c.Severity)
		}
		l.Versions.Since, l.Versions.Until = c.Since, c.Until
		l.Kubernetes.Since, l.Kubernetes.Until = c.KubernetesSince, c.KubernetesUntil
		all = append(all, l)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(map[string]any{"schema": 1, "checks": all})
}
