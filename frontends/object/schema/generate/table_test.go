package main

import (
	"bytes"
	"os"
	"testing"
)

// TestTable makes the table anew and compares it with the one of the room: the modules
// are in the module cache, or the Go command fetches them.
func TestTable(t *testing.T) {
	if testing.Short() {
		t.Skip("it may fetch modules")
	}
	made, err := table("sentences.txt")
	if err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile("../table.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(made, kept) {
		t.Error("../table.jsonl is not what the generator makes: go generate ./frontends/object/schema")
	}
}

// TestExpression holds the form of rules in the table.
func TestExpression(t *testing.T) {
	for rule, want := range map[string]string{
		"has(self.a.b) ? size(self.a) > 1 : true":                    `["if",["has",[".","self","a"],"b"],[">",["size",[".","self","a"]],1],true]`,
		"self.all(k, k != '*' && !k.contains('x'))":                  `["all","self","k",["&&",["!=","k",["'","*"]],["!",["contains","k",["'","x"]]]]]`,
		"self.__namespace__ in ['', 'b']":                            `["in",[".","self","namespace"],["[]",["'",""],["'","b"]]]`,
		"format.dns1123Label().validate(self) == null":               `["==",["dns1123Label","self"],null]`,
		"(has(self.a) ? self.a : {}).size() + self[0].b.size() == 1": `["==",["+",["size",["if",["has","self","a"],[".","self","a"],["{}"]]],["size",[".",["at","self",0],"b"]]],1]`,
	} {
		tree, err := expression(rule)
		if got := string(encode(tree)); err != nil || got != want {
			t.Errorf("%s\n got %s, %v\nwant %s", rule, got, err, want)
		}
	}
	for _, rule := range []string{"self.foo(1)", "self.map(x, x)", "1 - 1", "{'a': 1}", "self +"} {
		if tree, err := expression(rule); err == nil {
			t.Errorf("%s is %s", rule, encode(tree))
		}
	}
}
