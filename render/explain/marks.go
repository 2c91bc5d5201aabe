package explain

// marks are the bytes whose memory tells a buffer of sites.
type marks struct {
	base  uintptr
	bytes []byte
	sites []*site
}

const marksSize = 4096

// newSite returns a site with the mark that reports it.
func (e *tracer) newSite(s site) *site {
	e.keep(siteCost)
	n := len(e.marks)
	if n == 0 || len(e.marks[n-1].sites) == marksSize {
		m := &marks{bytes: make([]byte, marksSize)}
		m.base = address(viewString(m.bytes))
		e.marks = append(e.marks, m)
		n++
	}
	m := e.marks[n-1]
	i := len(m.sites)
	s.mark = m.bytes[i : i+1 : i+1]
	at := e.sites.put(s)
	m.sites = append(m.sites, at)
	return at
}

// marked returns the site that the memory of one byte identifies; nil when it is
// text.
func (e *tracer) marked(p []byte) *site {
	at := address(viewString(p))
	for _, m := range e.marks {
		if i := at - m.base; at >= m.base && i < uintptr(len(m.sites)) {
			return m.sites[i]
		}
	}
	return nil
}
