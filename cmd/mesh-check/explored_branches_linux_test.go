package main

import (
	"path"
	"slices"
	"strings"
	"text/template/parse"
)

// branch is a part of a template that is rendered under a condition, or the file of a sub-chart.
type branch struct {
	file   string          // in the chart
	sort   string          // if, with, range, else, capabilities, nested, sub-chart: how its faults are counted
	around []string        // the conditions of the branches around its contents, the last is its own
	list   *parse.ListNode // what is in it
}

// branchesOf are the branches of a template file, in its order.
func branchesOf(file, text string) []branch {
	tree := parse.New(file)
	tree.Mode = parse.SkipFuncCheck
	trees := map[string]*parse.Tree{}
	if _, err := tree.Parse(text, "", "", trees); err != nil || trees[file] == nil {
		return nil
	}
	r, around := &branchReader{file: file}, []string(nil)
	if strings.HasPrefix(file, "charts/") {
		around = []string{"the sub-chart"}
		r.all = append(r.all, branch{file, "sub-chart", around, trees[file].Root})
	}
	r.list(trees[file].Root, around)
	return r.all
}

type branchReader struct {
	file string
	all  []branch
}

func (r *branchReader) list(list *parse.ListNode, around []string) {
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.IfNode:
			r.branch(&n.BranchNode, "if", around)
		case *parse.WithNode:
			r.branch(&n.BranchNode, "with", around)
		case *parse.RangeNode:
			r.branch(&n.BranchNode, "range", around)
		}
	}
}

func (r *branchReader) branch(n *parse.BranchNode, sort string, around []string) {
	condition := n.Pipe.String()
	if n.List != nil {
		r.add(n.List, sort, append(slices.Clip(around), sort+" "+condition))
	}
	if n.ElseList != nil {
		r.add(n.ElseList, "else", append(slices.Clip(around), "else of "+sort+" "+condition))
	}
}

func (r *branchReader) add(list *parse.ListNode, sort string, around []string) {
	switch {
	case strings.Contains(around[len(around)-1], ".Capabilities"):
		sort = "capabilities"
	case len(around) > 1 && sort != "else" && sort != "range":
		sort = "nested"
	}
	r.all = append(r.all, branch{r.file, sort, around, list})
	r.list(list, around)
}

// lines are where the lines of a branch's own text begin, in bytes: those that are in the template as they stand
// there, with their indentation.
func (b *branch) lines() (starts []int) {
	for _, n := range b.list.Nodes {
		text, is := n.(*parse.TextNode)
		if !is {
			continue
		}
		for i := -1; i < len(text.Text); i++ {
			if i < 0 && text.Pos > 0 || i >= 0 && text.Text[i] != '\n' {
				continue
			}
			if rest := strings.TrimLeft(string(text.Text[i+1:]), " "); rest != "" && rest[0] != '\n' && rest[0] != '#' {
				starts = append(starts, int(text.Pos)+i+1)
			}
		}
	}
	return starts
}

// keysAbove are the keys around a line of a template, read by their indentation, such as spec.ports, with [] for an
// item of a list, and the kind of the document. They are empty where they cannot be read.
func keysAbove(lines []string, at int) (keys, kind string) {
	var all []string
	indent, beside := indentOf(lines[at]), -1 // beside: where items stand that are not around the line
	if strings.HasPrefix(lines[at][indent:], "- ") {
		indent, beside = indent+1, indent
	}
	for i := at - 1; i >= 0 && !strings.HasPrefix(lines[i], "---"); i-- {
		by := indentOf(lines[i])
		text := lines[i][by:]
		if text == "" || strings.HasPrefix(text, "#") || strings.HasPrefix(text, "{{") {
			continue
		}
		if value, is := strings.CutPrefix(lines[i], "kind: "); is && kind == "" {
			kind = strings.TrimSpace(value)
		}
		if by >= indent {
			continue
		}
		if strings.HasPrefix(text, "- ") {
			if by == beside {
				continue
			}
			if key := strings.TrimLeft(text[1:], " "); by+len(text)-len(key) < indent && strings.HasSuffix(key, ":") {
				all = append(all, strings.TrimSuffix(key, ":"))
			}
			all = append(all, "[]")
			indent, beside = by+1, by
			continue
		}
		key, value, is := strings.Cut(text, ":")
		if value = strings.TrimSpace(value); !is || value != "" && !strings.HasPrefix(value, "#") {
			return "", "" // a text of several lines, or not a key
		}
		all = append(all, key)
		indent, beside = by, -1
	}
	if kind == "" || indent > 0 {
		return "", ""
	}
	slices.Reverse(all)
	return strings.Join(all, "."), kind
}

// renderedFile says whether Helm renders a file as a manifest.
func renderedFile(file string) bool {
	if base := path.Base(file); strings.HasPrefix(base, "_") || path.Ext(base) != ".yaml" && path.Ext(base) != ".yml" {
		return false
	}
	for {
		below, is := strings.CutPrefix(file, "charts/")
		if !is {
			return strings.HasPrefix(file, "templates/") && !strings.Contains(file, "/tests/")
		}
		if _, file, is = strings.Cut(below, "/"); !is {
			return false
		}
	}
}
