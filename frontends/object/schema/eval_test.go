package schema

import (
	"encoding/json"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// TestEval holds what expressions give about {a: x, n: 5, l: [1, 2], m: {k: v, "8": w}, u: not known,
// o: an open mapping}.
func TestEval(t *testing.T) {
	str := func(s string) *object.Node { return &object.Node{Kind: object.String, Text: s} }
	num := func(s string) *object.Node { return &object.Node{Kind: object.Int, Text: s} }
	self := &object.Object{Tree: &object.Node{Kind: object.Map, Entries: []object.Entry{
		{Key: "a", Value: str("x")}, {Key: "n", Value: num("5")},
		{Key: "l", Value: &object.Node{Kind: object.List, Items: []*object.Node{num("1"), num("2")}}},
		{Key: "lu", Value: &object.Node{Kind: object.List, Items: []*object.Node{num("1"), {Kind: object.Unknown}}}},
		{Key: "m", Value: &object.Node{Kind: object.Map, Entries: []object.Entry{{Key: "k", Value: str("v")}, {Key: "8", Value: str("w")}}}},
		{Key: "u", Value: &object.Node{Kind: object.Unknown}},
		{Key: "o", Value: &object.Node{Kind: object.Map, Partial: "open"}},
	}}}
	const yes, no, open, wrong = "yes", "no", "unknown", "fault"
	for tree, want := range map[string]string{
		`true`: yes, `["==",[".","self","a"],["'","x"]]`: yes, `["!=",[".","self","a"],["'","x"]]`: no,
		`["has","self","a"]`: yes, `["has","self","b"]`: no, `["has","self","u"]`: open, `["has",[".","self","o"],"k"]`: open,
		`["==",[".","self","b"],["'","x"]]`: wrong, `["==",[".","self","u"],["'","x"]]`: open,
		`["==",[".","self","n"],["'","5"]]`: no, `["<",[".","self","n"],["'","6"]]`: wrong, `["<",[".","self","n"],6]`: yes,
		// A decisive side wins over what is not known, and over a fault.
		`["&&",false,[".","self","u"]]`: no, `["&&",[".","self","u"],false]`: no, `["&&",true,[".","self","u"]]`: open,
		`["||",[".","self","u"],true]`: yes, `["||",[".","self","b"],true]`: yes, `["||",[".","self","b"],false]`: wrong,
		`["&&",[".","self","b"],[".","self","u"]]`: open, `["!",[".","self","u"]]`: open, `["!",["'","x"]]`: wrong,
		`["if",["==",[".","self","u"],1],true,true]`: yes, `["if",["==",[".","self","u"],1],true,false]`: open, `["if",["'","x"],true,true]`: wrong,
		`["in",1,[".","self","l"]]`: yes, `["in",3,[".","self","l"]]`: no, `["in",1,[".","self","lu"]]`: yes, `["in",3,[".","self","lu"]]`: open,
		`["in",["[]",["'","a"],["'","b"]],["[]",["[]",["'","a"],["'","b"]]]]`: yes,
		`["all",[".","self","l"],"x",["<","x",3]]`:                            yes, `["all",[".","self","lu"],"x",["<","x",1]]`: no, `["all",[".","self","lu"],"x",["<","x",3]]`: open,
		`["exists",[".","self","lu"],"x",["==","x",1]]`: yes, `["exists",[".","self","lu"],"x",["==","x",7]]`: open, `["exists",[".","self","l"],"x",["==","x",7]]`: no,
		`["exists_one",[".","self","l"],"x",["<","x",3]]`: no, `["exists_one",[".","self","l"],"x",["<","x",2]]`: yes, `["exists_one",[".","self","lu"],"x",["<","x",2]]`: open,
		`["<=",["size",["filter",[".","self","l"],"x",["<","x",2]]],1]`: yes,
		`["all",[".","self","o"],"k",["==","k",["'","z"]]]`:             open, `["==",["size",[".","self","o"]],0]`: open, `["==",["size",["{}"]],0]`: yes,
		`["all",[".","self","m"],"k",["==",["size","k"],1]]`: yes, `["all",[".","self","m"],"k",[">",["int","k"],0]]`: wrong,
		`["all",[".","self","b"],"k",true]`: wrong, `["==",["at",[".","self","l"],1],2]`: yes, `["==",["at",[".","self","l"],2],2]`: wrong,
		`[">=",["duration",["'","1s"]],["duration",["'","1ms"]]]`: yes, `[">=",["duration",["'","x"]],["duration",["'","1ms"]]]`: wrong,
		`["startsWith",["'","unix://"],["'","unix:"]]`: yes, `["endsWith",["'","ab"],["'","a"]]`: no, `["contains",["'","ab"],["'","b"]]`: yes,
		`["matches",["'","xaay"],["'","a+"]]`: yes, `["==",["substring",["'","häx"],1,2],["'","ä"]]`: yes, `["==",["substring",["'","a"],1,3],["'",""]]`: wrong,
		`["==",["at",["split",["'","a/b"],["'","/"]],0],["'","a"]]`: yes, `["==",["+",["'","a"],["'","b"]],["'","ab"]]`: yes,
		`["isURL",["'","http://a"]]`: yes, `["isURL",["'","a"]]`: no, `["==",["getScheme",["url",["'","oci://a"]]],["'","oci"]]`: yes, `["getScheme",["url",["'","a"]]]`: wrong,
		`["isIP",["'","::1"]]`: yes, `["isIP",["'","1.2.3"]]`: no, `["isIP",["'","::ffff:1.2.3.4"]]`: no,
		`["==",["dns1123Label",["'","a-b"]],null]`: yes, `["==",["dns1123Label",["'","A"]],null]`: no,
		`unknownName`: wrong,
	} {
		var parsed any
		if err := json.Unmarshal([]byte(tree), &parsed); err != nil && tree != "unknownName" {
			t.Fatal(tree, err)
		} else if err != nil {
			parsed = tree
		}
		c := checker{object: self, told: map[*object.Node]bool{}, absent: map[absentKey]bool{}}
		v := c.eval(parse(parsed), &scope{nil, "self", c.of(self.Root(), nil)})
		got := wrong
		switch {
		case v.isTrue():
			got = yes
		case v.isFalse():
			got = no
		case v.sort == unknown:
			got = open
		}
		if got != want {
			t.Errorf("%s is %s, want %s", tree, got, want)
		}
	}
}
