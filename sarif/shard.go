package sarif

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/sarif/property"
)

// MarkShard writes into the log that it is of every parts-th input of a run alone, from
// the part-th (1-based) on: Merge then puts the inputs into the order of the run, and
// misses a part that is not there. 1 of 1 is the whole run and is not marked.
func (l *Log) MarkShard(part, parts int) {
	if parts <= 1 {
		return
	}
	for _, run := range l.runs() {
		ownProperties(run).Shard = &property.Shard{Part: part, Parts: parts}
	}
}

// shardOf is the part of a run that a log of ours is of; the zero value: it is of all.
func shardOf(run *sarif.Run) (property.Shard, error) {
	s := deref(ownProperties(run).Shard)
	if ownProperties(run).Shard != nil && (s.Part < 1 || s.Part > s.Parts) {
		return s, errors.New("has a property shard that is not a part of a run; merge logs as they were written")
	}
	return s, nil
}

// wholeRun reports whether the logs are no shards, or all shards of one run, each once.
func (m *Merger) wholeRun() error {
	if len(m.shards) == 0 {
		return nil
	}
	has := map[int]int{} // the log that has a part
	parts := m.shards[0].Parts
	for i, s := range m.shards {
		switch other, twice := has[s.Part]; {
		case s.Parts == parts && parts == 0:
			continue
		case s.Parts != parts:
			return fmt.Errorf("%s: is %s, and %s is %s; merge the shards of one run", m.name(i), shardWords(s), m.name(0), shardWords(m.shards[0]))
		case twice:
			return fmt.Errorf("%s: is %s, and so is %s; pass each shard once", m.name(i), shardWords(s), m.name(other))
		}
		has[s.Part] = i
	}
	for part := 1; part <= parts && len(has) < parts; part++ {
		if _, ok := has[part]; !ok {
			return fmt.Errorf("shard %d/%d is missing; pass the logs of all shards", part, parts)
		}
	}
	return nil
}

// shardWords is "shard 1/3" or "no shard".
func shardWords(s property.Shard) string {
	if s.Parts == 0 {
		return "no shard"
	}
	return fmt.Sprintf("shard %d/%d", s.Part, s.Parts)
}

// entry is an input of a log with its place.
type entry struct {
	spot
	input property.Input
}

// inRunOrder puts inputs into the order of the logs, and those of shards into the order
// of their run, which dealt them out to its shards in turn.
func (m *Merger) inRunOrder() {
	slices.SortFunc(m.list, func(a, b entry) int { return a.compare(b.spot) })
	if len(m.shards) == 0 || m.shards[0].Parts == 0 {
		return
	}
	at := map[string]int{}
	for i, e := range m.list {
		at[e.input.Path] = i
	}
	for _, c := range m.configured {
		slices.SortStableFunc(c.Inputs, func(a, b string) int { return cmp.Compare(at[a], at[b]) })
	}
}
