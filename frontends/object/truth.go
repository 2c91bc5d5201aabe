package object

// Truth is a three-valued answer: yes, no, or undecided because a value is not
// known. An undecided Truth remembers the field whose value was needed.
type Truth struct {
	state   state
	because Field
}

type state uint8

const (
	no state = iota
	yes
	undecided
)

// Yes is the certain yes.
func Yes() Truth { return Truth{state: yes} }

// No is the certain no; it is the zero Truth.
func No() Truth { return Truth{} }

// Undecided says that the answer depends on a field whose value is not known.
func Undecided(because Field) Truth { return Truth{state: undecided, because: because} }

// TruthOf makes a certain Truth of a bool.
func TruthOf(b bool) Truth {
	if b {
		return Yes()
	}
	return No()
}

// True reports whether the answer is a certain yes.
func (t Truth) True() bool { return t.state == yes }

// False reports whether the answer is a certain no.
func (t Truth) False() bool { return t.state == no }

// Undecided returns the field that was needed, where the answer is undecided.
func (t Truth) Undecided() (because Field, is bool) { return t.because, t.state == undecided }

// Not turns yes into no; undecided stays.
func (t Truth) Not() Truth {
	switch t.state {
	case yes:
		return No()
	case no:
		return Yes()
	}
	return t
}

// And is no when one side is no, yes when both are yes, else undecided.
func (t Truth) And(u Truth) Truth {
	switch {
	case t.state == no || u.state == yes:
		return t
	case u.state == no || t.state == yes:
		return u
	}
	return t
}

// Or is yes when one side is yes, no when both are no, else undecided.
func (t Truth) Or(u Truth) Truth {
	switch {
	case t.state == yes || u.state == no:
		return t
	case u.state == yes || t.state == no:
		return u
	}
	return t
}

// AnyItem asks a question about the elements of a list: yes where the answer to one is yes.
func AnyItem(list Field, ask func(Str) Truth) Truth {
	if list.Unknown() {
		return Undecided(list)
	}
	answer := No()
	for _, f := range list.Items() {
		answer = answer.Or(ask(f.Str()))
	}
	return answer
}
