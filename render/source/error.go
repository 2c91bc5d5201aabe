package source

// Error is an error of an input that a person wrote: what is wrong, where, and
// what to do about it.
type Error struct {
	// What is the fault in one line, lower case, without a final stop.
	What string
	// At is where it is; invalid where no place is known, and then Path names
	// the input.
	At Span
	// Path is the input that failed, as the user spelled it.
	Path string
	// Do is what to do about it; may be empty.
	Do string
	// Unread says that a part of the input was not read because of it: nobody knows what
	// is there.
	Unread bool
	// Err is the cause; may be nil.
	Err error
}

// Error is the whole error in one line: place, fault, advice.
func (e *Error) Error() string {
	msg := e.What
	if e.Do != "" {
		msg += "; " + e.Do
	}
	switch {
	case e.At.Valid():
		return e.At.String() + ": " + msg
	case e.Path != "":
		return e.Path + ": " + msg
	}
	return msg
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
