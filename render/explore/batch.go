package explore

// together are candidates whose settings go together, with each other and with the current ones.
func together(all []*candidate, current []Setting) (some []*candidate) {
	var chosen []Setting
	for _, c := range all {
		if clash(c.now(), chosen) || clash(c.now(), current) {
			continue
		}
		chosen = with(chosen, c.now()...)
		some = append(some, c)
	}
	return some
}

// clash reports whether settings take the place of others and say something else.
func clash(some, others []Setting) bool {
	for _, s := range some {
		for _, o := range others {
			if s.clashes(o) && !s.same(o) {
				return true
			}
		}
	}
	return false
}

func settingsOf(batch []*candidate) (all []Setting) {
	for _, c := range batch {
		all = with(all, c.now()...)
	}
	return all
}

// next lets candidates that are still open go on to their next alternative.
func (x *search) next(batch []*candidate) {
	for _, c := range batch {
		if c.open {
			c.next++
			c.deferred = false
		}
	}
}

// note notes of candidates whether a render with what they are tried with went well.
func note(batch []*candidate, well bool) {
	for _, c := range batch {
		c.went, c.failed = c.went || well, c.failed || !well
	}
}

func postpone(batch []*candidate) {
	for _, c := range batch {
		if c.deferred {
			c.next++ // for the second time
		}
		c.deferred = true
	}
}

// split takes the candidates apart that a failure is about.
func split(batch []*candidate, about []Setting) (left, refused []*candidate) {
	for _, c := range batch {
		if overlap(c.now(), about) {
			refused = append(refused, c)
			continue
		}
		left = append(left, c)
	}
	return left, refused
}

func overlap(a, b []Setting) bool {
	for _, s := range a {
		for _, o := range b {
			if s.same(o) {
				return true
			}
		}
	}
	return false
}
