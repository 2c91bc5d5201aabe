package sarif

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/sarif/property"
)

// A Merger gives away while logs come in what the merged log will not hold. What it
// holds does not depend on when that is done, nor on the order in which logs come, nor on
// whether a log was cut before: of a list in its order, that is kept before which there
// is room left, and what was cut had none.

// shed gives away what there is too much of, now and then.
func (m *Merger) shed() {
	if len(m.results) <= 2*maxResults && len(m.questions) <= 2*maxResults &&
		len(m.failures)+len(m.notes) <= 2*maxResults && m.unshed <= maxBytes {
		return
	}
	m.hold()
	m.unshed = 0
	m.questions = truncateQuestions(m.questions, m.left)
	m.graphs = truncateGraphs(m.graphs, m.left)
	m.configured, m.comments = mergeConfigurations(m.configured), mergeComments(m.comments)
}

// hold holds those results, errors and notes that the merged log has, in their order.
func (m *Merger) hold() {
	slices.SortStableFunc(m.results, func(a, b placed) int {
		return cmp.Or(a.order.compare(&b.order), cmp.Compare(a.log, b.log))
	})
	var size func(placed) int
	if m.size < 0 || m.size > maxBytes {
		for i := range m.results {
			if p := &m.results[i]; p.size == 0 {
				p.size = sizeOf(p.result)
			}
		}
		size = func(p placed) int { return p.size }
	}
	results, suppressed := truncate(m.results, func(p placed) int { return p.order.rank }, size, m.left)
	m.results = slices.Clip(results)
	m.suppressed += suppressed
	m.failures = truncateNotifications(m.failures, m.left, failuresWord)
	m.notes = truncateNotifications(m.notes, m.left, notesWord)
}

// weigh counts the size of a log that is added.
func (m *Merger) weigh(l *Log) {
	if l.raw == nil {
		m.size = -1
	} else if m.size >= 0 {
		m.size = min(m.size+len(l.raw), maxBytes+1)
	}
	m.unshed += len(l.raw)
}

// sizeOf is the size of a result in bytes of JSON on one line, without the index of its
// rule, which merging changes.
func sizeOf(r *sarif.Result) int {
	var b bytes.Buffer
	if property.Encode(&b, r) != nil {
		return maxBytes // what cannot be written takes no room from others
	}
	if r.RuleIndex == -1 {
		return b.Len()
	}
	return b.Len() - len(`"ruleIndex":,`) - len(strconv.Itoa(r.RuleIndex))
}

// fit leaves out of a log that Build made what is beyond maxBytes.
func (l *Log) fit() {
	for _, run := range l.runs() {
		left := omittedOf(run)
		if left == nil {
			left = omitted{}
		}
		results, suppressed := truncate(run.Results, func(r *sarif.Result) int { return priority(r.Level, suppressed(r) != "") }, sizeOf, left)
		run.Results, l.cachedResults = results, nil
		addSuppressed(run, suppressed)
		setOmitted(run, left)
	}
	l.fits = true
}

// truncateQuestions returns the open questions that a log holds, in their order.
func truncateQuestions(all []openQuestion, left omitted) []openQuestion {
	slices.SortStableFunc(all, func(p, q openQuestion) int { return p.compare(&q) })
	n, bytes := 0, 0
	for n < len(all) && n < maxResults && bytes < maxQuestions {
		bytes += property.Size(&all[n].Question)
		n++
	}
	if more := len(all) - n; more > 0 {
		left[undecidedWord] += more
	}
	return slices.Clip(all[:n])
}

// placedNotification is an error or a note of an input, and where it is.
type placedNotification struct {
	spot
	notification *sarif.Notification
}

// truncateNotifications returns the errors, or notes, of inputs that a log holds, in their order: the
// first of each input, then the second of each, and so on.
func truncateNotifications(all []placedNotification, left omitted, word string) []placedNotification {
	slices.SortFunc(all, func(a, b placedNotification) int { return a.compare(b.spot) })
	seen, nth := map[string]int{}, make(map[spot]int, len(all))
	bytes := 0
	for _, t := range all {
		p := property.Read(t.notification.Properties, property.Notification{})
		bytes += property.Size(p)
		nth[t.spot] = seen[p.Input]
		seen[p.Input]++
	}
	if len(all) <= maxResults && bytes < maxTellings {
		return all
	}
	slices.SortStableFunc(all, func(a, b placedNotification) int { return cmp.Compare(nth[a.spot], nth[b.spot]) })
	n, bytes := 0, 0
	for n < len(all) && n < maxResults && bytes < maxTellings {
		bytes += property.Size(property.Read(all[n].notification.Properties, property.Notification{}))
		n++
	}
	if more := len(all) - n; more > 0 {
		left[word] += more
	}
	all = slices.Clip(all[:n])
	slices.SortFunc(all, func(a, b placedNotification) int { return a.compare(b.spot) })
	return all
}

// notifications are what is reported, without the places.
func notifications(all []placedNotification) []*sarif.Notification {
	list := make([]*sarif.Notification, len(all))
	for i, t := range all {
		list[i] = t.notification
	}
	return list
}
