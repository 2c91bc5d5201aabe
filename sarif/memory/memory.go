// Package memory says what reading a log would cost, before anything is made of it.
//
// In: the text of a log. Out: an error where it would take more memory than a log may.
package memory

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/sarif/property"
)

// maxMemory bounds what a log that is read takes in memory, in bytes: its text, and the
// structs that become of it, which take 400 bytes where the text has two. The largest
// log of ours takes 80 MB.
const maxMemory = 96 << 20

// Affordable reports whether a log takes no more than maxMemory, before anything is made of
// it. Texts that are no JSON cost nothing: nothing is made of them.
func Affordable(data []byte) error {
	if !json.Valid(data) {
		return nil
	}
	if Cost(data) > maxMemory {
		return fmt.Errorf("it would take more than %d MiB of memory; split it, or remove results", maxMemory>>20)
	}
	return nil
}

// Cost is what decoding a log allocates, about; it counts no further than a little beyond maxMemory.
func Cost(data []byte) int {
	m := meter{data: data, cost: len(data)}
	m.value(reportType)
	return m.cost
}

// meter walks through valid JSON and counts what decoding it allocates, about.
type meter struct {
	data []byte
	at   int
	cost int
}

// What values cost beside their own bytes: a map and the key of an entry, an element of a
// list that grows, a box around a value of any type, and what Results returns of a result,
// Undecided of an open question, or Graphs of a graph and of its nodes.
const (
	mapCost      = 64
	entryCost    = 16
	itemCost     = 16
	boxCost      = 16
	resultCost   = 1024
	questionCost = 512
	graphCost    = 256
	nodeCost     = 256
)

// reportType is the type of a whole log.
var reportType = reflect.TypeFor[sarif.Report]()

// anyType is the type of members that may be of any shape.
var anyType = reflect.TypeFor[any]()

// value counts the value that begins here, as one of a type; nil is a value that is
// skipped. It stops when the cost is too high.
func (m *meter) value(t reflect.Type) {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == reflect.TypeFor[sarif.PropertyBag]() {
		t = anyType
	}
	m.space()
	switch c := m.data[m.at]; c {
	case '{':
		m.object(t)
	case '[':
		m.list(t)
	case '"':
		n := len(m.text())
		if t != nil {
			m.cost += boxCost + n
		}
	default:
		for m.at < len(m.data) && !strings.ContainsRune(",]} \t\r\n", rune(m.data[m.at])) {
			m.at++
		}
		if t == anyType {
			m.cost += boxCost
		}
	}
}

// object counts the members of an object.
func (m *meter) object(t reflect.Type) {
	member := func(string) reflect.Type { return nil }
	switch {
	case t == nil:
	case t == anyType || t.Kind() == reflect.Map:
		value := anyType
		if t != anyType {
			value = t.Elem()
		}
		m.cost += mapCost
		members := 0
		member = func(name string) reflect.Type {
			if members%8 == 0 { // there is room for eight at a time
				m.cost += 8 * (entryCost + int(value.Size()))
			}
			members++
			m.cost += len(name)
			return value
		}
	case t.Kind() == reflect.Struct:
		m.cost += int(t.Size())
		switch t {
		case reflect.TypeFor[sarif.Result]():
			m.cost += resultCost
		case reflect.TypeFor[property.Question]():
			m.cost += questionCost
		case reflect.TypeFor[sarif.Graph]():
			m.cost += graphCost
		case reflect.TypeFor[sarif.Node]():
			m.cost += nodeCost
		}
		member = func(name string) reflect.Type { return memberType(t, name) }
	}
	m.each('}', func() {
		name := m.text()
		m.space()
		m.at++                                                                        // the colon
		if begin := m.at; t == reflect.TypeFor[sarif.Run]() && name == "properties" { // it is read once more
			m.value(reflect.TypeFor[property.Run]())
			m.at = begin
		}
		m.value(member(name))
	})
}

// list counts the items of a list.
func (m *meter) list(t reflect.Type) {
	var item reflect.Type
	switch {
	case t == anyType:
		item = anyType
	case t != nil && (t.Kind() == reflect.Slice || t.Kind() == reflect.Array):
		item = t.Elem()
	}
	m.each(']', func() {
		if item != nil {
			m.cost += itemCost + int(item.Size())
		}
		m.value(item)
	})
}

// each calls one for each part of an object or list, up to its end.
func (m *meter) each(end byte, one func()) {
	for m.at++; m.cost <= maxMemory; {
		m.space()
		switch m.data[m.at] {
		case end:
			m.at++
			return
		case ',':
			m.at++
		default:
			one()
		}
	}
}

// text is the text that begins here, as it is written.
func (m *meter) text() string {
	begin := m.at + 1
	for m.at = begin; m.data[m.at] != '"'; m.at++ {
		if m.data[m.at] == '\\' {
			m.at++
		}
	}
	m.at++
	return string(m.data[begin : m.at-1])
}

func (m *meter) space() {
	for strings.IndexByte(" \t\r\n", m.data[m.at]) >= 0 {
		m.at++
	}
}

// memberType is the type of a member of one of go-sarif's structs, whose name encoding/json
// finds in upper and lower case alike; nil: it has none and is skipped.
func memberType(t reflect.Type, name string) reflect.Type {
	if strings.ContainsRune(name, '\\') {
		_ = json.Unmarshal([]byte(`"`+name+`"`), &name) // it is valid
	}
	members := property.Members(t)
	if i := slices.Index(members, name); i >= 0 { // nearly always
		return t.Field(i).Type
	}
	for i, known := range members {
		if known == "" {
			known = t.Field(i).Name
		}
		if strings.EqualFold(known, name) {
			return t.Field(i).Type
		}
	}
	return nil
}
