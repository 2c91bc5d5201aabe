package object

import "testing"

// TestQuantities holds what is larger, and that what is missing or unknown is neither.
func TestQuantities(t *testing.T) {
	amount := func(text string) Quantity { return QuantityOf(text) }
	unknown := Field{node: &Node{Kind: Unknown, Text: "not known"}}.Quantity()
	for _, c := range []struct {
		a, b Quantity
		want Truth
	}{
		{amount("2"), amount("1"), Yes()},
		{amount("2"), amount("2000m"), No()},
		{amount("1Gi"), amount("1G"), Yes()},
		{amount("1").Plus(amount("500m")), amount("1"), Yes()},
		{Quantity{}, amount("1"), No()},
		{amount("1"), Field{}.Quantity(), No()},
		{amount("lots"), amount("1"), No()},
		{amount("1").Plus(Quantity{}), amount("1"), No()},
		{unknown, Quantity{}, No()},
		{unknown, amount("1"), Undecided(unknown.Field)},
		{amount("1"), unknown, Undecided(unknown.Field)},
		{amount("1").Plus(unknown), amount("1"), Undecided(unknown.Field)},
	} {
		got := c.a.Above(c.b)
		if got.True() != c.want.True() || got.False() != c.want.False() {
			t.Errorf("%s above %s: yes %v, no %v", c.a.V.String(), c.b.V.String(), got.True(), got.False())
		}
	}
}
