package coverage

import (
	"math/bits"
	"slices"
	"strings"
)

// Bits are line numbers, from 1 on.
type Bits []uint64

// Has reports whether a line is among them.
func (b Bits) Has(line int) bool { return line>>6 < len(b) && b[line>>6]&(1<<(line&63)) != 0 }

// Count is how many they are.
func (b Bits) Count() int {
	n := 0
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}

// Ends are the first and the last of them; 0 where there are none.
func (b Bits) Ends() (first, last int) {
	for w, word := range b {
		if word == 0 {
			continue
		}
		if first == 0 {
			first = w<<6 + bits.TrailingZeros64(word)
		}
		last = w<<6 + 63 - bits.LeadingZeros64(word)
	}
	return first, last
}

// Without are those of them that others are not.
func (b Bits) Without(others Bits) Bits {
	left := slices.Clone(b)
	for i := range min(len(left), len(others)) {
		left[i] &^= others[i]
	}
	return left
}

// With are those of them and of others.
func (b Bits) With(others Bits) Bits {
	if len(b) < len(others) {
		b, others = others, b
	}
	all := slices.Clone(b)
	for i, word := range others {
		all[i] |= word
	}
	return all
}

func (b *Bits) set(line int) {
	for line>>6 >= len(*b) {
		*b = append(*b, 0)
	}
	(*b)[line>>6] |= 1 << (line & 63)
}

// addRange adds those of other between two lines, both included.
func (b Bits) addRange(other Bits, first, last int) {
	for w := first >> 6; w <= last>>6; w++ {
		mask := ^uint64(0)
		if w == first>>6 {
			mask &= ^uint64(0) << (first & 63)
		}
		if w == last>>6 {
			mask &= ^uint64(0) >> (63 - last&63)
		}
		b[w] |= other[w] & mask
	}
}

// sweep goes once through a text and finds the lines that count in stretches of it, which
// are given in their order.
type sweep struct {
	src     string
	at      int // what was gone through
	line    int // of at
	comment int // the line that a comment has begun in
	lines   Bits
}

// stretch finds the lines that count of src[start:end]; first is 0 where there are none.
func (s *sweep) stretch(start, end int) (first, last int) {
	s.line += strings.Count(s.src[s.at:start], "\n")
	for s.at = start; s.at < end; {
		stop := end
		if i := strings.IndexByte(s.src[s.at:end], '\n'); i >= 0 {
			stop = s.at + i
		}
		if s.counts(s.at, stop) {
			s.lines.set(s.line)
			if last = s.line; first == 0 {
				first = s.line
			}
		}
		if s.at = stop; stop < end {
			s.at++
			s.line++
		}
	}
	return first, last
}

// counts reports whether text of one line is more than blanks, a comment or ---.
func (s *sweep) counts(start, end int) bool {
	text := strings.TrimLeft(s.src[start:end], " \t\r")
	if text == "" || s.comment == s.line {
		return false
	}
	if at := end - len(text); text[0] == '#' && (at == 0 || strings.IndexByte(" \t\r\n", s.src[at-1]) >= 0) {
		s.comment = s.line
		return false
	}
	return strings.TrimRight(text, " \t\r") != "---"
}

// Lines are the lines of a template file that count, found without parsing it: those of a
// chart that is not rendered.
func Lines(src string) Bits {
	s := sweep{src: src, line: 1}
	text := 0
	for start, end := range actions(src) {
		s.stretch(text, start)
		text = end
	}
	s.stretch(text, len(src))
	return s.lines
}
