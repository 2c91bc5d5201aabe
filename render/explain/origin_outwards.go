package explain

import "github.com/mesh-check/mesh-check/render/source"

// commonFrame is the innermost execution that both belong to; nil for none.
func commonFrame(a, b *execution) *execution {
	seen := map[*execution]bool{}
	for f := a; f != nil; f = f.parent {
		seen[f] = true
	}
	for f := b; f != nil; f = f.parent {
		if seen[f] {
			return f
		}
	}
	return nil
}

// callSite is the action in outer that leads to inner.
func callSite(inner, outer *execution) *site {
	for inner.parent != nil && inner.parent != outer {
		inner = inner.parent
	}
	return inner.site
}

// outwards is the place of an action, or of the call around it where the action
// is in a text that was given to tpl and that is no file. Text that was given
// to tpl has no action; its place is that of the call.
func (e *tracer) outwards(at *emission) place {
	inner := at.frame
	for f := inner; f != nil; f = f.parent {
		if at.site != nil {
			if span := e.siteSpan(at); span.Valid() {
				return unpacked(place{span: span, kind: source.Action, frame: inner})
			}
		}
		at = &emission{frame: f.parent, site: f.site}
	}
	return place{frame: inner}
}

// siteSpan is the place of an action, or of the call in it that has made the
// bytes. An action in a text given to tpl is in a file where the text is one.
func (e *tracer) siteSpan(at *emission) source.Span {
	t, start, end := at.site.text, at.start, at.end
	if end == 0 {
		start, end = at.site.bounds()
	}
	if t.file != nil {
		return t.span(start, end)
	}
	if rec, off, ok := e.find(t.src[start:end]); ok {
		if f, ok := rec.(*fileText); ok && f.file != nil {
			return source.Span{File: f.file, Start: f.skip + off, End: f.skip + off + end - start}
		}
	}
	return source.Span{}
}

// unpacked moves a place in a packaged dependency to the nearest call of it from
// a file that is no package. A chart that is a package has none.
func unpacked(p place) place {
	if p.span.File == nil || !p.span.File.Packaged {
		return p
	}
	for f := p.frame; f != nil && f.site != nil; f = f.parent {
		if file := f.site.text.file; file != nil && !file.Packaged {
			return place{span: f.site.span(), kind: source.Action, frame: p.frame}
		}
	}
	return p
}
