package render

// Render renders a chart as `helm template` does. Beside Helm's engine, which
// tells what the text is, the explaining engine renders the same templates; a
// Manifest is Exact where both agree. The error is a *source.Error with the place
// in the template or in the values, where one is known; values that break the
// chart's schema are several of them, joined. What the templates have rendered is
// not judged here.
//
// A chart that goes beyond the limits of the explaining engine is an error at the
// place where it does. Helm's engine may then be left running: see Abandoned.
func Render(c *Chart, o Options) (*Result, error) {
	p, err := Prepare(c, o)
	if err != nil {
		return nil, err
	}
	return p.Render()
}

// Render is the function Render of what is prepared. It is called once.
func (p *Prepared) Render() (*Result, error) {
	return explain(p.in, p.o)
}

// Abandoned is the number of Helm's engines, and of validations of values, that still run
// though Render has returned. They cannot be stopped and may take any amount of time and
// memory: a process that reads one above zero should end, once it has answered.
func Abandoned() int { return abandonedCalls() }
