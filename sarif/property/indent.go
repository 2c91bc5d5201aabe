package property

import (
	"bytes"
	"encoding/json"
)

// indent is what each level of indented JSON begins with, as all of our reports have it.
const indent = "  "

// Written holds the JSON of values that will be part of a larger one, by their pointers:
// what is known early is written while others work.
type Written map[any][]byte

// Add writes what a pointer leads to, which is not to be changed after.
func (w Written) Add(pointer any) error {
	var b bytes.Buffer
	if err := EncodeIndented(&b, pointer, nil); err != nil {
		return err
	}
	w[pointer] = b.Bytes()
	return nil
}

// EncodeIndented is Encode on many lines, as json.Indent would have them with two blanks.
// What is written already is taken as it is.
func EncodeIndented(b *bytes.Buffer, v any, written Written) error {
	return encode(b, v, true, written)
}

// open writes the bracket at the beginning of a list or an object.
func (e *encoder) open(bracket byte) {
	e.WriteByte(bracket)
	e.depth++
}

// next writes what is in front of an element, the first one or another.
func (e *encoder) next(first bool) {
	if !first {
		e.WriteByte(',')
	}
	e.newLine()
}

// shut writes the bracket at the end, of what is empty or not.
func (e *encoder) shut(bracket byte, empty bool) {
	e.depth--
	if !empty {
		e.newLine()
	}
	e.WriteByte(bracket)
}

// colon is behind a name.
func (e *encoder) colon() {
	e.WriteByte(':')
	if e.indented {
		e.WriteByte(' ')
	}
}

func (e *encoder) newLine() {
	if e.indented {
		e.WriteByte('\n')
		e.margin()
	}
}

func (e *encoder) margin() {
	for range e.depth {
		e.WriteString(indent)
	}
}

// moved writes indented JSON that begins at the left margin. No line break in it is part
// of a text.
func (e *encoder) moved(text []byte) {
	for {
		line, rest, more := bytes.Cut(text, []byte("\n"))
		e.Write(line)
		if !more {
			return
		}
		e.newLine()
		text = rest
	}
}

// indentFrom indents the JSON on one line that begins at an offset.
func (e *encoder) indentFrom(offset int) error {
	line := e.Bytes()[offset:]
	if !e.indented || len(line) == 0 || line[0] != '{' && line[0] != '[' {
		return nil
	}
	var b bytes.Buffer
	if err := json.Indent(&b, line, "", indent); err != nil {
		return err
	}
	e.Truncate(offset)
	e.moved(b.Bytes())
	return nil
}
