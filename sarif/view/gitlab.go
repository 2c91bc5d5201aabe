package view

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/mesh-check/mesh-check/sarif"
)

// gitlabSeverities are GitLab's words for our severities. Sources: GitLab's documentation "Code
// Quality", section "Code Quality report format"; info, minor, major, critical and blocker are those
// that it knows.
var gitlabSeverities = map[string]string{"error": "critical", "warning": "major", "note": "minor", undecidedKind: "info"}

// undecidedKind stands for an undecided value where other formats have a severity.
const undecidedKind = "undecided"

// gitlabIssue is an entry of a report of code quality: what GitLab reads of an issue of Code
// Climate (github.com/codeclimate/platform, spec/analyzers/SPEC.md).
type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

// gitlabLines are 1-based; GitLab needs the first of them.
type gitlabLines struct {
	Begin int `json:"begin"`
	End   int `json:"end,omitempty"`
}

// gitlabReport collects issues, whose fingerprints are unique: GitLab shows one of those with equal ones.
type gitlabReport struct {
	issues []gitlabIssue
	seen   map[string]int
}

// writeGitLab writes GitLab's report of code quality. File names are relative to the root of the
// repository, whatever Options say: so GitLab wants them.
func writeGitLab(b *bytes.Buffer, l *sarif.Log, _ Options) error {
	g := gitlabReport{issues: []gitlabIssue{}, seen: map[string]int{}}
	for _, f := range sameFailures(l.Failures()) {
		place := f.Place
		if place.File == "" {
			place.File = f.Input
		}
		g.add("error", "not-analyzed", f.line(), place, "")
	}
	for _, r := range l.Results() {
		if r.Suppressed != "" {
			continue
		}
		message := findingMessage(r)
		if r.Advice != "" {
			message += "; " + r.Advice
		}
		g.add(severity(r.Level), strings.TrimSpace(r.ID+" "+r.Name), message, r.Place, r.Fingerprint)
	}
	for _, u := range l.Undecided() {
		place := u.Place
		if place.File == "" {
			place.File = u.Input
		}
		g.add(undecidedKind, undecidedKind, undecidedLine(u), place, "")
	}
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(g.issues)
}

// add adds an issue. Without a fingerprint it is known again by what is said of which file, and
// never by the line.
func (g *gitlabReport) add(severity, check, message string, p sarif.Location, fingerprint string) {
	if archive, member, found := strings.Cut(p.File, "!"); found && strings.HasSuffix(archive, "gz") {
		// The lines are those of a file that GitLab cannot show.
		message = fmt.Sprintf("%s:%d: %s", member, p.Line, message)
		p = sarif.Location{File: archive}
	}
	if fingerprint == "" {
		fingerprint = hashOf(check, p.File, message)
	}
	g.seen[fingerprint]++
	if n := g.seen[fingerprint]; n > 1 {
		fingerprint = hashOf(fingerprint, check, fmt.Sprint(n))
	}
	g.issues = append(g.issues, gitlabIssue{
		Description: message, CheckName: check, Fingerprint: fingerprint, Severity: gitlabSeverities[severity],
		Location: gitlabLocation{Path: gitlabPath(p.File), Lines: gitlabLines{Begin: max(1, p.Line), End: max(0, p.EndLine)}},
	})
}

// gitlabPath is the file of an issue: GitLab needs one, and takes none that begins with "./".
func gitlabPath(file string) string {
	if file == "" {
		return "."
	}
	return strings.TrimPrefix(filepath.ToSlash(file), "./")
}

// hashOf is a fingerprint of some texts.
func hashOf(texts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(texts, "\x00")))
	return hex.EncodeToString(sum[:])
}
