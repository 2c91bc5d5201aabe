package sarif

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/sarif/property"
)

// maxResults is how many results, and how many open questions, a log of ours holds.
// GitHub shows the first 5,000 results of a run and refuses more than 25,000
// (docs.github.com, "SARIF support for code scanning"). What is left out is counted.
const maxResults = 5000

// maxBytes bounds the results that a log of ours holds, in bytes of JSON on one line: it
// holds those before which there are less. 5,000 results of public charts take 9 MB.
// maxQuestions bounds the open questions, and maxTellings the errors and the notes of
// inputs, in bytes by property.Size.
const (
	maxBytes     = 16 << 20
	maxQuestions = 4 << 20
	maxTellings  = 4 << 20
)

// maxPerInput is how many errors, and how many notes, of one input a log holds: a file of
// broken documents has one error for each.
const maxPerInput = 500

// firstOfInputs are the errors and notes of a report that its log holds: the first of
// each input, and a note of the input that counts the others. They are in the order
// of the inputs.
func firstOfInputs(r *checks.Report) (failures []checks.InputError, notes []checks.InputNote) {
	at, failed, noted := map[string]int{}, map[string]int{}, map[string]int{}
	for i, in := range r.Inputs {
		at[in.Path] = i
	}
	for _, e := range r.Errors {
		_, counted := at[e.Input]
		if failed[e.Input]++; failed[e.Input] <= maxPerInput || !counted {
			failures = append(failures, e)
		}
	}
	for _, n := range r.Notes {
		_, counted := at[n.Input]
		if noted[n.Input]++; noted[n.Input] <= maxPerInput || !counted {
			notes = append(notes, n)
		}
	}
	for _, in := range r.Inputs {
		for _, of := range []struct {
			n    int
			what string
		}{{failed[in.Path], "error"}, {noted[in.Path], "note"}} {
			if more := of.n - maxPerInput; more > 0 {
				notes = append(notes, checks.InputNote{Input: in.Path, Message: fmt.Sprintf(
					"%s of this input left out: a report contains the first %d", moreOf(more, of.what), maxPerInput)})
			}
		}
	}
	slices.SortStableFunc(failures, func(a, b checks.InputError) int { return cmp.Compare(at[a.Input], at[b.Input]) })
	slices.SortStableFunc(notes, func(a, b checks.InputNote) int { return cmp.Compare(at[a.Input], at[b.Input]) })
	return failures, notes
}

// moreOf is "1 more note" or "2 more notes".
func moreOf(n int, what string) string { return fmt.Sprintf("%d more %s", n, checks.Plural(n, what)) }

// omitted is how much a log does not hold: findings that count, by severity, open
// questions under the word undecided, errors and notes of inputs, and pictures. It is the property
// leftOut of a run.
type omitted map[string]int

// The keys of an omitted beside the severities.
const (
	undecidedWord = "undecided"
	failuresWord  = "inputErrors"
	notesWord     = "inputNotes"
	graphsWord    = "graphs"
)

// omittedWords are all keys of an omitted, with what is counted: one of it, and several.
var omittedWords = []struct{ key, one, more string }{
	{string(checks.Error), "error", "errors"}, {string(checks.Warning), "warning", "warnings"}, {string(checks.Note), "note", "notes"},
	{undecidedWord, "undecided value", "undecided values"},
	{failuresWord, "input error", "input errors"}, {notesWord, "input note", "input notes"},
	{graphsWord, "picture of the mesh", "pictures of the mesh"},
}

// priority is the order, from 0, in which results are left out, the last rank first: suppressed
// ones, then the least severe.
func priority(level string, suppressed bool) int {
	if suppressed {
		return len(severities)
	}
	if at := slices.Index(severities, level); at >= 0 {
		return at
	}
	return len(severities) - 1
}

// severities are the levels of findings, the worst first.
var severities = []string{string(checks.Error), string(checks.Warning), string(checks.Note)}

// truncate returns the results that a log holds, out of all in their order: the most severe,
// and of those the first, as many as maxResults and maxBytes allow. Nil for size says
// that all are small enough. What is left out is counted; suppressed results apart,
// since they count nowhere.
func truncate[T any](all []T, rank func(T) int, size func(T) int, left omitted) (some []T, suppressed int) {
	if len(all) <= maxResults && size == nil {
		return all, 0
	}
	room := make([]int, len(severities)+1) // how many of each rank stay
	n, bytes := 0, 0
	for r := range room {
		for _, e := range all {
			if n == maxResults || bytes >= maxBytes {
				break
			}
			if rank(e) != r {
				continue
			}
			room[r]++
			n++
			if size != nil {
				bytes += size(e)
			}
		}
	}
	some = make([]T, 0, n)
	for _, e := range all {
		switch r := rank(e); {
		case room[r] > 0:
			room[r]--
			some = append(some, e)
		case r < len(severities):
			left[severities[r]]++
		default:
			suppressed++
		}
	}
	return some, suppressed
}

// total is how many findings and questions are left out.
func (l omitted) total() (n int) {
	for _, count := range l {
		n += count
	}
	return n
}

// add counts what another log leaves out.
func (l omitted) add(more omitted) {
	for word, n := range more {
		l[word] += n
	}
}

// omittedOf is what a run of ours leaves out; nil for others and for those that hold
// everything.
func omittedOf(run *sarif.Run) (l omitted) {
	counts := ownProperties(run).LeftOut
	for _, word := range omittedWords {
		if n := counts[word.key]; n > 0 {
			if l == nil {
				l = omitted{}
			}
			l[word.key] = n
		}
	}
	return l
}

// setOmitted writes what a run leaves out into its properties, and says so in a note
// of its invocation; both vanish where nothing is.
func setOmitted(run *sarif.Run, l omitted) {
	own, inv := ownProperties(run), run.Invocations[0]
	own.LeftOut = nil
	inv.ToolExecutionNotifications = slices.DeleteFunc(inv.ToolExecutionNotifications, countsOmitted)
	if l.total() == 0 {
		return
	}
	own.LeftOut = map[string]int{}
	var parts []string
	for _, word := range omittedWords {
		switch n := l[word.key]; {
		case n == 0:
			continue
		case n == 1:
			parts = append(parts, "1 more "+word.one)
		default:
			parts = append(parts, fmt.Sprintf("%d more %s", n, word.more))
		}
		own.LeftOut[word.key] = l[word.key]
	}
	verb := "are"
	if l.total() == 1 {
		verb = "is"
	}
	pictures := ""
	if l[graphsWord] > 0 {
		pictures = " and the first 4 MB of pictures"
	}
	message := fmt.Sprintf("%s %s left out: a report contains the %d most severe and at most %d MB of them%s; the summary and the exit code count all",
		strings.Join(parts, ", "), verb, maxResults, maxBytes>>20, pictures)
	inv.AddToolExecutionNotification(sarif.NewNotification().WithLevel("note").
		WithMessage(text(sentence(message))).
		WithProperties(property.Bag(&property.Notification{Message: message, LeftOut: true})))
}

// countsOmitted reports whether a notification is the note of setOmitted.
func countsOmitted(n *sarif.Notification) bool {
	return n != nil && property.Read(n.Properties, property.Notification{}).LeftOut
}
