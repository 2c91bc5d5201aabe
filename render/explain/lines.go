package explain

import "strings"

// maxPairs bounds the work of comparing lines with lines.
const maxPairs = 4_000_000

// pairLines pairs the lines that are equal, in order and as many as possible;
// the others are paired with what is around them. Nothing of it is proven.
func (m *Manifest) pairLines(s stretch) (out alignment) {
	a := strings.SplitAfter(m.Text[s.from:s.to], "\n")
	b := strings.SplitAfter(m.explain.text[s.ownFrom:s.ownTo], "\n")
	if len(a)*len(b) > maxPairs {
		return alignment{s}
	}
	// best[i][j] is how many lines of a[i:] and b[j:] can be paired.
	best := make([][]int32, len(a)+1)
	for i := range best {
		best[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				best[i][j] = best[i+1][j+1] + 1
			} else {
				best[i][j] = max(best[i+1][j], best[i][j+1])
			}
		}
	}
	at, own := s.from, s.ownFrom
	for i, j := 0, 0; i < len(a); {
		switch {
		case j < len(b) && a[i] == b[j]:
			out = append(out, stretch{at, at + len(a[i]), own, own + len(b[j]), false})
			at, own = at+len(a[i]), own+len(b[j])
			i, j = i+1, j+1
		case j < len(b) && best[i][j+1] >= best[i+1][j]:
			own += len(b[j])
			j++
		default:
			near := min(own, max(s.ownTo-1, s.ownFrom))
			end := near + max(strings.IndexByte(m.explain.text[near:s.ownTo], '\n'), 0)
			out = append(out, stretch{at, at + len(a[i]), near, end, false})
			at += len(a[i])
			i++
		}
	}
	return out
}

// alignLines finds the line of a template that is most like the line of the
// text at an offset: the same text, the same key, or the same share of lines
// before it.
func alignLines(text, template string, offset int) int {
	lines := strings.Split(template, "\n")
	number := strings.Count(text[:offset], "\n")
	want := strings.TrimSpace(strings.Split(text, "\n")[number])
	near := number * len(lines) / (strings.Count(text, "\n") + 1)
	key, _, _ := strings.Cut(want, ":")
	best, score := near, 0
	for i, line := range lines {
		line = strings.TrimSpace(line)
		s := 0
		switch {
		case line == want && want != "":
			s = 3_000_000
		case key != "" && strings.HasPrefix(line, key+":"):
			s = 2_000_000
		}
		if s > 0 {
			if s -= max(i-near, near-i); s > score {
				best, score = i, s
			}
		}
	}
	return best + 1
}
