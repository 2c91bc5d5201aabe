package view

// painter colors text for a terminal, or not.
type painter bool

const (
	reset  = "\x1b[0m"
	bold   = "\x1b[1m"
	faint  = "\x1b[2m"
	red    = "\x1b[1;31m"
	yellow = "\x1b[1;33m"
	cyan   = "\x1b[1;36m"
)

func (p painter) with(code, s string) string {
	if !p || s == "" {
		return s
	}
	return code + s + reset
}

func (p painter) dim(s string) string  { return p.with(faint, s) }
func (p painter) bold(s string) string { return p.with(bold, s) }

// severity is how a severity is painted.
func (p painter) severity(s string) func(string) string {
	code := cyan
	switch s {
	case "error":
		code = red
	case "warning":
		code = yellow
	}
	return func(s string) string { return p.with(code, s) }
}
