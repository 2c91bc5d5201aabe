package coverage

import (
	"fmt"
	"strconv"
)

// kindNames are the kinds as reports name them.
var kindNames = map[Kind]string{
	File: "file", Define: "define", If: "if", Else: "else", With: "with", WithElse: "with-else", Range: "range", RangeElse: "range-else",
}

// String is the kind's name in reports.
func (k Kind) String() string { return kindNames[k] }

// maxQuoted is how many characters of a condition or a message are repeated.
const maxQuoted = 160

// Why says in words why a part is not reached.
func (g Gap) Why() string {
	why := g.without()
	if g.Refuses {
		refusal := "fail"
		if g.Refusal != "" {
			refusal = "fail " + strconv.Quote(cut(g.Refusal))
		}
		if g.Lines == 0 {
			why = refusal + ": " + why
		} else {
			why += ", which ends in " + refusal
		}
	}
	if g.Otherwise != "" {
		why += "; " + g.Otherwise
	}
	return why
}

// branches are the kinds with a condition: how they begin, and what the condition was in all renders that
// have come to it. The same condition may have been another one elsewhere.
var branches = map[Kind]struct{ begins, was string }{
	If: {"if", "never true"}, Else: {"else of if", "always true"},
	With: {"with", "always empty"}, WithElse: {"else of with", "never empty"},
	Range: {"range", "always empty"}, RangeElse: {"else of range", "never empty"},
}

func (g Gap) without() string {
	condition := cut(g.Condition)
	if branch := branches[g.Kind]; !g.Left && branch.begins != "" {
		if g.Otherwise != "" {
			return branch.begins + " " + condition
		}
		return branch.begins + " " + condition + ", which was " + branch.was + " here"
	}
	switch {
	case g.Left:
		return "behind a break or continue that was always reached"
	case g.Kind == File:
		return "text outside all definitions, which nothing renders"
	case g.Otherwise != "":
		return fmt.Sprintf("define %q", g.Name)
	case g.Shadowed:
		return fmt.Sprintf("define %q, which another file defines again", g.Name)
	case g.Unnamed:
		return fmt.Sprintf("define %q, which no template includes by its name", g.Name)
	}
	return fmt.Sprintf("define %q, which only templates include that are not reached", g.Name)
}

// cut shortens a long text.
func cut(text string) string {
	if runes := []rune(text); len(runes) > maxQuoted {
		return string(runes[:maxQuoted]) + " …"
	}
	return text
}
