package explain

import "sync"

// memo keeps what was made of texts, for all renders of this process: charts are rendered with
// several sets of values, and many charts have copies of one library. When its newer half is full,
// the older one is dropped. It is safe for use by several goroutines; what it keeps must not be changed.
type memo[V any] struct {
	most int // bytes, about

	mu           sync.Mutex
	newer, older map[string]memoEntry[V]
	size         int // bytes of the newer ones
}

const memoEntryCost = 128 // bytes that an entry takes beside its texts, about

type memoEntry[V any] struct {
	value V
	size  int
}

// get returns what was made of a text.
func (m *memo[V]) get(text string) (value V, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	entry, ok := m.newer[text]
	if !ok {
		if entry, ok = m.older[text]; ok {
			m.add(text, entry)
		}
	}
	return entry.value, ok
}

// put keeps a value of size bytes, those of the text among them. The text must not be memory
// that others hold for less time.
func (m *memo[V]) put(text string, value V, size int) {
	if size > m.most/2 {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.add(text, memoEntry[V]{value, size})
}

func (m *memo[V]) add(text string, entry memoEntry[V]) {
	if m.size += entry.size - m.newer[text].size; m.size > m.most/2 || m.newer == nil {
		m.older, m.newer, m.size = m.newer, map[string]memoEntry[V]{}, entry.size
	}
	m.newer[text] = entry
}
