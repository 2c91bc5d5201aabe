package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/frontends/release/remote"
)

// releaseList is `releases -o json`, schema 1.
type releaseList struct {
	Schema    int            `json:"schema"`
	Path      string         `json:"path"`
	Releases  []releaseRow   `json:"releases"`
	Undecided []undecidedRow `json:"undecided"`
	Notes     []string       `json:"notes"`
}

// releaseRow is one release.
type releaseRow struct {
	Name      string `json:"name"`
	Namespace string `json:"namespace"`
	Chart     string `json:"chart"`
	// Set is the values set of the chart that has rendered the declaration, or what {env} is in the
	// configuration; empty for none.
	Set string `json:"set,omitempty"`
	// Convention is how the release is declared, and ValuesSet the set of the chart's values that it is in a check.
	Convention string `json:"convention"`
	ValuesSet  string `json:"valuesSet"`
	// Values are values files and the names of parameters, the later ones win.
	Values     []string      `json:"values"`
	Repository string        `json:"repository,omitempty"`
	Revision   string        `json:"revision,omitempty"`
	By         declarationAt `json:"declaredBy"`
	// Layers are Values in short.
	Layers string `json:"-"`
}

// declarationAt is what declares a release, and where: lines are counted from 1.
type declarationAt struct {
	Name string `json:"name"`
	File string `json:"file,omitempty"`
	Line int    `json:"line,omitempty"`
}

// undecidedRow is a declaration of which no release is made.
type undecidedRow struct {
	By     declarationAt `json:"declaredBy"`
	Reason string        `json:"reason"`
	Detail string        `json:"detail,omitempty"`
	// Remote is the chart that is not here.
	Remote *remote.Chart `json:"-"`
}

func undecidedOf(u release.Undecided) undecidedRow {
	row := undecidedRow{By: declaredBy(u.Declared), Reason: string(u.Why), Detail: u.Detail}
	if u.Remote != nil {
		public := u.Remote.Public()
		row.Remote = &public
	}
	return row
}

func declaredBy(d release.Declaration) declarationAt {
	at := declarationAt{Name: d.Name}
	if d.Span.Valid() {
		at.File, at.Line = filepath.ToSlash(d.Span.File.Name()), d.Span.Begin().Line
	}
	return at
}

func rowOf(r *release.Release) releaseRow {
	row := releaseRow{
		Name: r.Name, Namespace: r.Namespace, Chart: filepath.ToSlash(r.Chart), Set: r.Root, Repository: remote.WithoutPassword(r.Repository), Revision: r.Revision,
		By: declaredBy(r.Declared), Values: []string{}, Convention: string(r.By), ValuesSet: r.Set(), Layers: layersOf(r),
	}
	for _, l := range r.Layers {
		if l.Kind == helm.ValuesFile {
			row.Values = append(row.Values, filepath.ToSlash(l.File.Name()))
			continue
		}
		name, _, _ := strings.Cut(l.Text, "=") // the value may be a secret
		row.Values = append(row.Values, "--"+string(l.Kind)+" "+name)
	}
	return row
}

// maxLayers is how many values files of a release the text names.
const maxLayers = 4

// layersOf are the layers of a release in short: values files by their names, from the directory of
// the chart where they lie in it, and how many parameters there are.
func layersOf(r *release.Release) string {
	var names []string
	parameters := 0
	for _, l := range r.Layers {
		if l.Kind != helm.ValuesFile {
			parameters++
			continue
		}
		name := filepath.ToSlash(l.File.Name())
		if rest, ok := strings.CutPrefix(name, filepath.ToSlash(r.Chart)+"/"); ok {
			name = rest
		} else if l.Written != nil { // a field of the declaration
			name = name[strings.LastIndex(name, ".")+1:]
		} else if parts := strings.Split(name, "/"); len(parts) > 2 {
			name = ".../" + strings.Join(parts[len(parts)-2:], "/")
		}
		names = append(names, name)
	}
	if more := len(names) - maxLayers; more > 0 {
		names = append(names[:maxLayers], countOf(more, "more file"))
	}
	if parameters > 0 {
		names = append(names, countOf(parameters, "parameter"))
	}
	return strings.Join(names, ", ")
}

func (l *releaseList) json() ([]byte, error) {
	for _, list := range []any{&l.Releases, &l.Undecided, &l.Notes} {
		switch list := list.(type) {
		case *[]releaseRow:
			*list = append([]releaseRow{}, *list...)
		case *[]undecidedRow:
			*list = append([]undecidedRow{}, *list...)
		case *[]string:
			*list = append([]string{}, *list...)
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(l)
	return b.Bytes(), err
}

// text is a table of the releases, then the reasons of the declarations without one, each
// with how many there are and the first of them.
func (l *releaseList) text() ([]byte, error) {
	var b bytes.Buffer
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	if len(l.Releases) > 0 {
		fmt.Fprintln(t, "RELEASE\tNAMESPACE\tCHART\tSET\tLAYERS\tDECLARED BY")
	}
	charts := map[string]bool{}
	for _, r := range l.Releases {
		charts[r.Chart] = true
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s:%d\n", oneLine(r.Name), oneLine(cmp.Or(r.Namespace, "-")), oneLine(r.Chart),
			oneLine(r.ValuesSet), oneLine(cmp.Or(r.Layers, "-")), oneLine(r.By.File), r.By.Line)
	}
	if err := t.Flush(); err != nil {
		return nil, err
	}
	fmt.Fprintf(&b, "%s of %s\n", countOf(len(l.Releases), "release"), countOf(len(charts), "chart"))
	l.reasons(&b)
	for _, note := range l.Notes {
		fmt.Fprintln(&b, "note: "+oneLine(note))
	}
	return b.Bytes(), nil
}

// reasons writes why declarations are not decided, the most frequent reason first.
func (l *releaseList) reasons(b *bytes.Buffer) {
	byReason := map[string][]undecidedRow{}
	var reasons []string
	for _, u := range l.Undecided {
		if byReason[u.Reason] == nil {
			reasons = append(reasons, u.Reason)
		}
		byReason[u.Reason] = append(byReason[u.Reason], u)
	}
	slices.SortStableFunc(reasons, func(x, y string) int { return len(byReason[y]) - len(byReason[x]) })
	for _, reason := range reasons {
		rows := byReason[reason]
		fmt.Fprintf(b, "not decided: %s (%d)\n", reason, len(rows))
		for i, u := range rows {
			if i == maxReasonRows {
				fmt.Fprintf(b, "  and %d more\n", len(rows)-i)
				break
			}
			detail := ""
			if u.Detail != "" {
				detail = ": " + u.Detail
			}
			fmt.Fprintf(b, "  %s:%d  %s\n", oneLine(u.By.File), u.By.Line, oneLine(u.By.Name+detail))
		}
	}
}

// maxReasonRows is how many declarations the text lists for one reason.
const maxReasonRows = 10

func countOf(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
