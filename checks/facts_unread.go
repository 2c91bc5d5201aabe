package checks

// doubtAbsence makes questions of the findings that tell of objects that are not there,
// where a part of the input was not read: one for each field, with what was not read as
// the cause.
func (p *Pass) doubtAbsence() {
	why := p.Unread()
	if why == nil || !p.check.Absence {
		return
	}
	for _, f := range p.findings {
		p.open = append(p.open, Open{
			Check: p.check, Field: f.Field, Namespace: f.Namespace, At: why.At,
			Reason: "a part of the input could not be read",
		})
	}
	p.findings = nil
}
