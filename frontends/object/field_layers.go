package object

// layers are mappings laid over each other: a member is that of the first that has it.
// Each member keeps its own path and place.
type layers struct {
	of []Field
	// deep says that members which are mappings in several layers are laid over each
	// other too.
	deep bool
}

// over lays the field over others, member by member.
func (f Field) over(others ...Field) Field {
	return layered(append([]Field{f}, others...), false)
}

// merged lays the field over others, and so with the mappings in them.
func (f Field) merged(others ...Field) Field {
	return layered(append([]Field{f}, others...), true)
}

// layered is one field of several. Where none is written it is the last, which is the
// widest; what is not known hides what is below it.
func layered(fields []Field, deep bool) Field {
	l := &layers{deep: deep}
	for _, f := range fields {
		if !f.Exists() {
			continue
		}
		if f.Unknown() || f.node.Kind == Map {
			l.of = append(l.of, f)
		}
		if f.Unknown() {
			break
		}
	}
	switch len(l.of) {
	case 0:
		return fields[len(fields)-1]
	case 1:
		return l.of[0]
	}
	top := l.of[0]
	if top.at == nil {
		return top
	}
	at := *top.at
	at.layers = l
	return Field{obj: top.obj, node: l.node(), at: &at}
}

// layers are those of which the field is made.
func (f Field) layers() *layers {
	if f.at == nil {
		return nil
	}
	return f.at.layers
}

// node is the mapping of the first layer, with what is not known of any.
func (l *layers) node() *Node {
	n := *l.of[0].node
	for _, f := range l.of {
		if n.Partial == "" && f.Unknown() {
			n.Partial = f.Reason()
		} else if n.Partial == "" {
			n.Partial = f.node.Partial
		}
	}
	return &n
}

// get is a member of the first layer that has it; one that none has would be in the
// first.
func (l *layers) get(key string) Field {
	var found []Field
	for _, f := range l.of {
		m := f.get(key)
		if !m.Exists() {
			continue
		}
		found = append(found, m)
		if !l.deep || m.node.Kind != Map {
			break
		}
	}
	if len(found) == 0 {
		return l.of[0].get(key)
	}
	return layered(found, true)
}

// entries are the members of all layers, each key once.
func (l *layers) entries() []Field {
	var all []Field
	seen := map[string]bool{}
	for _, f := range l.of {
		for _, e := range f.Entries() {
			if seen[e.Name()] {
				continue
			}
			seen[e.Name()] = true
			if l.deep && e.node.Kind == Map {
				e = l.get(e.Name())
			}
			all = append(all, e)
		}
	}
	return all
}
