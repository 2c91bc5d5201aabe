package explore

import "text/template/parse"

// otherwise are the values that the rest of a chain of else if compares with, where a plan is that
// a value is not the one of the first: what the chain names is what the value may be.
func otherwise(plans []plan, els *parse.ListNode) (all []plan) {
	if len(plans) != 1 || len(plans[0]) != 1 || plans[0][0].what != isOther {
		return nil
	}
	for n := chained(els); n != nil && len(all) < maxPlans; n = chained(n.ElseList) {
		for _, text := range comparedTexts(n.Pipe) {
			if other := plans[0][0]; text != other.text {
				other.what, other.text = isEqual, text
				all = append(all, plan{other})
			}
		}
	}
	return all
}

// chained is the if of an else if.
func chained(els *parse.ListNode) *parse.IfNode {
	if els == nil {
		return nil
	}
	for _, n := range els.Nodes { // marks may be before it
		if branch, ok := n.(*parse.IfNode); ok {
			return branch
		}
	}
	return nil
}

// comparedTexts are the texts that a condition compares with.
func comparedTexts(p *parse.PipeNode) (texts []string) {
	for _, cmd := range p.Cmds {
		name, ok := cmd.Args[0].(*parse.IdentifierNode)
		for _, arg := range cmd.Args[1:] {
			switch arg := arg.(type) {
			case *parse.StringNode:
				if ok && name.Ident == "eq" {
					texts = append(texts, arg.Text)
				}
			case *parse.PipeNode:
				texts = append(texts, comparedTexts(arg)...)
			}
		}
	}
	return texts
}
