package checks

// Once returns what work gives, worked out when it is first asked for in a run: all
// checks share it, so that it must not record open questions. The key is of a type of the
// asker's own, as struct{}-like types are for contexts, with what the answer hangs on in it.
func Once[V any](p *Pass, key any, work func() V) V { return once(p.facts, key, work) }

func once[V any](f *facts, key any, work func() V) V {
	if v, known := f.memo[key]; known {
		return v.(V)
	}
	v := work()
	f.memo[key] = v
	return v
}
