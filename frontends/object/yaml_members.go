package object

// members are the entries of a mapping while it is made.
type members struct {
	entries []Entry
	merged  map[string]bool // keys whose value is a merged one
	index   map[string]int  // of entries, once they are many
}

// set adds an entry or replaces the one with its key; own says that it is in
// the mapping itself. It reports whether the mapping has written the key before.
func (m *members) set(e Entry, own bool) (twice bool) {
	at := m.find(e.Key)
	if at < 0 {
		if m.index != nil {
			m.index[e.Key] = len(m.entries)
		}
		m.entries = append(m.entries, e)
	} else {
		twice = own && !m.merged[e.Key]
		m.entries[at] = e
	}
	switch {
	case own && m.merged != nil:
		delete(m.merged, e.Key)
	case !own && m.merged == nil:
		m.merged = map[string]bool{e.Key: true}
	case !own:
		m.merged[e.Key] = true
	}
	return twice
}

// find returns the index of a key, -1 where there is none.
func (m *members) find(key string) int {
	const many = 16
	if m.index == nil {
		for i := range m.entries {
			if m.entries[i].Key == key {
				return i
			}
		}
		if len(m.entries) < many {
			return -1
		}
		m.index = make(map[string]int, cap(m.entries))
		for i := range m.entries {
			m.index[m.entries[i].Key] = i
		}
	}
	if i, ok := m.index[key]; ok {
		return i
	}
	return -1
}
