package source

import (
	"sort"
	"unicode/utf8"
)

// Runes counts the code points of a text in time that does not grow with it, once it
// has been gone through: a file of one line may have thousands of places in it.
type Runes struct {
	text string
	// marks are the code points that begin before every runesEvery-th byte; nil for
	// a text that is no UTF-8, which is counted anew each time.
	marks []int
}

// runesEvery is how many bytes lie between two marks.
const runesEvery = 1024

// NewRunes goes through a text, which must not be changed any more.
func NewRunes(text string) *Runes {
	r := &Runes{text: text}
	if !utf8.ValidString(text) {
		return r
	}
	r.marks = make([]int, 0, len(text)/runesEvery+1)
	n := 0
	for i := range len(text) {
		if i%runesEvery == 0 {
			r.marks = append(r.marks, n)
		}
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	return r
}

// Count is the number of code points in the bytes [start, end) of the text, which
// begin and end with one.
func (r *Runes) Count(start, end int) int {
	if r.marks == nil || end-start < runesEvery {
		return utf8.RuneCountInString(r.text[start:end])
	}
	return r.before(end) - r.before(start)
}

func (r *Runes) before(offset int) int {
	if offset == len(r.text) && offset%runesEvery == 0 && offset > 0 {
		offset-- // there is no mark behind the text, and its last byte is counted below
		n := r.before(offset)
		if utf8.RuneStart(r.text[offset]) {
			n++
		}
		return n
	}
	mark := offset / runesEvery
	n := r.marks[mark]
	for i := mark * runesEvery; i < offset; i++ {
		if utf8.RuneStart(r.text[i]) {
			n++
		}
	}
	return n
}

// Skip is the offset behind n code points from start on, at most end.
func (r *Runes) Skip(start, n, end int) int {
	if r.marks != nil && n > runesEvery {
		// From the last mark that is not behind what is looked for.
		want := r.before(start) + n
		if mark := sort.Search(len(r.marks), func(i int) bool { return r.marks[i] > want }) - 1; mark*runesEvery > start {
			n = want - r.marks[mark]
			start = mark * runesEvery
			for start < end && !utf8.RuneStart(r.text[start]) {
				start++
			}
		}
	}
	for ; n > 0 && start < end; n-- {
		_, size := utf8.DecodeRuneInString(r.text[start:end])
		start += size
	}
	return min(start, end)
}
