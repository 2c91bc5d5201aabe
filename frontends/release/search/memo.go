package search

import (
	"sync"
	"time"

	"github.com/mesh-check/mesh-check/frontends/release"
)

// Memo remembers what repositories declare, so that each is searched once. The zero Memo
// remembers nothing yet. It is safe for use by several goroutines.
type Memo struct {
	// Configs is what the configurations of repositories say, by their roots.
	Configs map[string]release.Config

	mu    sync.Mutex
	found map[string]*release.Found // by the root
	errs  map[string]error
}

// Find is the function Find for a whole repository, remembered by o.Root, with what Configs has of it: other
// options must be the same each time.
func (m *Memo) Find(o Options) (*release.Found, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if found, is := m.found[o.Root]; is {
		return found, m.errs[o.Root]
	}
	if m.found == nil {
		m.found, m.errs = map[string]*release.Found{}, map[string]error{}
	}
	o.Dir, o.Config = o.Root, m.Configs[o.Root]
	found, err := Find(o)
	if d := o.Helm.Deadline; !d.IsZero() && !time.Now().Before(d) {
		return found, err // it may lack what there was no time for, which the next one has
	}
	m.found[o.Root], m.errs[o.Root] = found, err
	return found, err
}
