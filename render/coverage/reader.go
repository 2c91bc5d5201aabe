package coverage

import (
	"cmp"
	"maps"
	"slices"
	"text/template/parse"
)

// Reader reads template files, one after the other: it keeps its memory for the next one.
type Reader struct {
	t      Template
	texts  []text
	places []int32 // of the runs, as they were read
	as     []int32 // the index that each of them gets
}

// text is one text node.
type text struct{ start, end, run int32 }

// Read finds the runs of a template file by its parse trees, which are named for their
// definitions; that of the file itself is called name.
func (r *Reader) Read(name, src string, trees map[string]*parse.Tree) *Template {
	r.t = Template{src: src, Lines: r.t.Lines[:0], Runs: r.t.Runs[:0], blocks: r.t.blocks[:0], segments: r.t.segments[:0]}
	r.texts = r.texts[:0]
	for _, defined := range slices.Sorted(maps.Keys(trees)) {
		b := block{kind: Define, outer: -1}
		if defined == name {
			b.kind = File
		}
		if tree := trees[defined]; tree.Root != nil {
			b.pos, b.name = int32(tree.Root.Pos), r.named(defined)
			r.list(tree.Root, b)
		}
	}
	r.number()
	r.sweep()
	own := r.t
	own.Lines, own.Runs = slices.Clone(own.Lines), slices.Clone(own.Runs)
	own.blocks, own.segments = slices.Clone(own.blocks), slices.Clone(own.segments)
	return &own
}

func (r *Reader) named(name string) int32 {
	r.t.names = append(r.t.names, name)
	return int32(len(r.t.names) - 1)
}

// list reads a list of nodes; leaves reports whether it may leave the range around it before
// its end.
func (r *Reader) list(list *parse.ListNode, in block) (leaves bool) {
	if list == nil || len(list.Nodes) == 0 {
		return false
	}
	at := int32(len(r.t.blocks))
	r.t.blocks = append(r.t.blocks, in)
	run := int32(-1)
	for _, node := range list.Nodes {
		pos := int32(node.Position())
		if run < 0 {
			run = int32(len(r.t.Runs))
			r.t.Runs = append(r.t.Runs, Run{Pos: pos, block: at})
		}
		ends := false
		switch n := node.(type) {
		case *parse.TextNode:
			r.texts = append(r.texts, text{pos, pos + int32(len(n.Text)), run})
		case *parse.ActionNode:
			if message, is := refusal(n.Pipe); is && !r.t.blocks[at].refuses {
				r.t.blocks[at].refusal = r.named(message)
				r.t.blocks[at].refuses, r.t.blocks[at].at = true, pos
			}
		case *parse.IfNode:
			ends = r.branch(&n.BranchNode, If, Else, run)
		case *parse.WithNode:
			ends = r.branch(&n.BranchNode, With, WithElse, run)
		case *parse.RangeNode:
			outer := r.t.Runs[run].Pos
			r.list(n.List, block{kind: Range, pos: int32(n.Pipe.Pos), outer: outer})
			ends = r.list(n.ElseList, block{kind: RangeElse, pos: int32(n.Pipe.Pos), outer: outer})
		case *parse.BreakNode, *parse.ContinueNode:
			ends = true
		}
		if ends {
			leaves, run = true, -1
		}
	}
	return leaves
}

func (r *Reader) branch(n *parse.BranchNode, then, otherwise Kind, run int32) (leaves bool) {
	outer, pos := r.t.Runs[run].Pos, int32(n.Pipe.Pos)
	leaves = r.list(n.List, block{kind: then, pos: pos, outer: outer})
	return r.list(n.ElseList, block{kind: otherwise, pos: pos, outer: outer}) || leaves
}

// number sorts the runs, and numbers in texts those of each anew.
func (r *Reader) number() {
	byPlace := func(a, b text) int { return cmp.Compare(a.start, b.start) }
	if slices.IsSortedFunc(r.t.Runs, func(a, b Run) int { return cmp.Compare(a.Pos, b.Pos) }) {
		slices.SortFunc(r.texts, byPlace)
		return
	}
	r.places, r.as = r.places[:0], slices.Grow(r.as[:0], len(r.t.Runs))[:len(r.t.Runs)]
	for _, run := range r.t.Runs {
		r.places = append(r.places, run.Pos)
	}
	slices.SortFunc(r.t.Runs, func(a, b Run) int { return cmp.Compare(a.Pos, b.Pos) })
	for i, pos := range r.places {
		r.as[i] = int32(r.t.RunAt(int(pos)))
	}
	for i := range r.texts {
		r.texts[i].run = r.as[r.texts[i].run]
	}
	slices.SortFunc(r.texts, byPlace)
}

// sweep finds the lines of all texts.
func (r *Reader) sweep() {
	s := sweep{src: r.t.src, line: 1, lines: r.t.Lines}
	for _, t := range r.texts {
		start, end := int(t.start), int(t.end)
		if start < s.at || end > len(s.src) {
			continue
		}
		if first, last := s.stretch(start, end); first > 0 {
			r.t.Runs[t.run].Writes = true
			r.t.segments = append(r.t.segments, segment{int32(first), int32(last), t.run})
		}
	}
	r.t.Lines = s.lines
}

// refusal is the first text in a pipeline that calls fail.
func refusal(p *parse.PipeNode) (message string, is bool) {
	for _, cmd := range p.Cmds {
		for i, arg := range cmd.Args {
			switch n := arg.(type) {
			case *parse.IdentifierNode:
				is = is || i == 0 && n.Ident == "fail"
			case *parse.StringNode:
				if message == "" {
					message = n.Text
				}
			case *parse.PipeNode:
				inner, fails := refusal(n)
				if is = is || fails; message == "" {
					message = inner
				}
			}
		}
	}
	return message, is
}
