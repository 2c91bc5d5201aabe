package sarif

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks"
)

// maxResults is how many results, and how many open questions, a log of ours holds.
// GitHub shows the first 5,000 results of a run and refuses more than 25,000
// (docs.github.com, "SARIF support for code scanning"). What is left out is counted.
const maxResults = 5000

// maxBytes bounds the results that a log of ours holds, in bytes of JSON on one line: it
// holds those before which there are less. 5,000 results of public charts take 9 MB.
// maxQuestions bounds the open questions, and maxTellings the errors and the notes of
// inputs, in bytes by sizeOfTree.
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
func moreOf(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d more %s", n, what)
}

// leftOut is how much a log does not hold: findings that count, by severity, open
// questions under the word undecided, and errors and notes of inputs. It is the property
// of that name of a run.
type leftOut map[string]int

// The keys of a leftOut beside the severities.
const (
	undecidedWord = "undecided"
	failuresWord  = "inputErrors"
	notesWord     = "inputNotes"
)

// leftOutWords are all keys of a leftOut, with what is counted: one of it, and several.
var leftOutWords = []struct{ key, one, more string }{
	{string(checks.Error), "error", "errors"}, {string(checks.Warning), "warning", "warnings"}, {string(checks.Note), "note", "notes"},
	{undecidedWord, "undecided value", "undecided values"},
	{failuresWord, "input error", "input errors"}, {notesWord, "input note", "input notes"},
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
func truncate[T any](all []T, rank func(T) int, size func(T) int, left leftOut) (some []T, suppressed int) {
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
func (l leftOut) total() (n int) {
	for _, count := range l {
		n += count
	}
	return n
}

// add counts what another log leaves out.
func (l leftOut) add(more leftOut) {
	for word, n := range more {
		l[word] += n
	}
}

// leftOutOf is what a run of ours leaves out; nil for others and for those that hold
// everything.
func leftOutOf(run *sarif.Run) (l leftOut) {
	counts, _ := ownProperties(run)["leftOut"].(map[string]any)
	for _, word := range leftOutWords {
		if n := intIn(counts, word.key); n > 0 {
			if l == nil {
				l = leftOut{}
			}
			l[word.key] = n
		}
	}
	return l
}

// setLeftOut writes what a run leaves out into its properties, and says so in a note
// of its invocation; both vanish where nothing is.
func setLeftOut(run *sarif.Run, l leftOut) {
	delete(run.Properties.Properties, "leftOut")
	inv := run.Invocations[0]
	inv.ToolExecutionNotifications = slices.DeleteFunc(inv.ToolExecutionNotifications, tellsLeftOut)
	if l.total() == 0 {
		return
	}
	counts := map[string]any{}
	var parts []string
	for _, word := range leftOutWords {
		switch n := l[word.key]; {
		case n == 0:
			continue
		case n == 1:
			parts = append(parts, "1 more "+word.one)
		default:
			parts = append(parts, fmt.Sprintf("%d more %s", n, word.more))
		}
		counts[word.key] = l[word.key]
	}
	verb := "are"
	if l.total() == 1 {
		verb = "is"
	}
	message := fmt.Sprintf("%s %s left out: a report contains the %d most severe and at most %d MB of them; the summary and the exit code count all",
		strings.Join(parts, ", "), verb, maxResults, maxBytes>>20)
	run.Properties.Properties["leftOut"] = counts
	inv.AddToolExecutionNotification(sarif.NewNotification().WithLevel("note").
		WithMessage(text(sentence(message))).
		WithProperties(bag(sarif.Properties{"input": "", "message": message, "leftOut": true})))
}

// tellsLeftOut reports whether a notification is the note of setLeftOut.
func tellsLeftOut(n *sarif.Notification) bool {
	if n == nil || n.Properties == nil {
		return false
	}
	tells, _ := n.Properties.Properties["leftOut"].(bool)
	return tells
}
