package page

import (
	"cmp"
	"fmt"
	"slices"
)

// Picture is what one input makes of the mesh.
type Picture struct {
	Title string
	// Input is the one whose findings it shows; empty where it is that of all.
	Input string
	// Told says in a few words what is in it, and Level is the worst that is found there.
	Told, Level string
	Open        bool
	Choice      string  // what there is a graph of each: values set, environment
	Graphs      []Graph // the first is shown first
	Left        string  // what has no room; empty for nothing
}

// Graph is a picture with the values of one set, or of several that make the same one.
type Graph struct {
	// Name is that of the values sets, and Told says in a few words what is in it.
	Name, Told string
	// Environments are those that the values sets belong to.
	Environments []string
	Nodes        []Node
	Edges        []Edge
	// LeftOut is how many nodes there is no room for, LostEdges how many edges.
	LeftOut, LostEdges int
}

// Node is a box of the picture.
type Node struct {
	Lane                  int // 0 to 3, from left to right
	Namespace, Kind, Name string
	Facts                 []string // a line each
	Level                 string
	Missing               bool
	Finding, Findings     int      // of the first finding its ID, and how many there are
	Title                 []string // a line each
	order                 int
	barycenter            float64
	X, Y, W, H            int
	KindShown, NameShown  string
	Lines                 []Line
}

// Line is a line of text in a box.
type Line struct {
	Text string
	Y    int
}

// Edge is an arrow, by the indexes of its nodes.
type Edge struct {
	From, To       int
	Title          []string // a line each
	Note           string   // is shown where the arrow ends
	Level          string
	Finding        int
	Unsure         bool
	Path           string // of SVG
	X1, Y1, X2, Y2 int
}

// Band is the frame of one namespace.
type Band struct {
	Name       string
	Y, H, W, T int
}

// Drawing is a graph with the places of everything.
type Drawing struct {
	Graph
	Bands []Band
	Lanes []Heading
	W, H  int
}

// Heading is the name of a lane.
type Heading struct {
	Name string
	X    int
}

// The measures of a picture, in pixels.
const (
	boxWidth, boxHead = 246, 38
	lineHeight        = 14
	gapX, gapY        = 68, 12
	padding, bandHead = 12, 26
	topOfBands        = 30
	widestName        = 25 // letters
	widestText        = 38
	widestNote        = 14
	backBy            = 8
	corridors         = 6             // above the boxes of a frame
	badge             = boxWidth - 14 // where the number of findings is
)

var laneNames = []string{"Gateways", "Routes", "Services", "Workloads"}

// draw places the nodes: lanes from left to right, namespaces from top to bottom, and within both in the order in which
// fewest arrows cross.
func draw(g Graph) Drawing {
	d := Drawing{Graph: g}
	var used []int
	for _, n := range g.Nodes {
		if !slices.Contains(used, n.Lane) {
			used = append(used, n.Lane)
		}
	}
	slices.Sort(used)
	for i, lane := range used {
		d.Lanes = append(d.Lanes, Heading{laneNames[lane], padding + i*(boxWidth+gapX)})
	}
	d.W = 2*padding + len(used)*(boxWidth+gapX) - gapX
	namespaces := spacesOf(g)
	settleRows(&d.Graph, used)
	y := topOfBands
	for _, ns := range namespaces {
		inner := 0
		for _, lane := range used {
			var column []int
			for i, n := range d.Nodes {
				if n.Namespace == ns && n.Lane == lane {
					column = append(column, i)
				}
			}
			slices.SortStableFunc(column, func(a, b int) int { return cmp.Compare(d.Nodes[a].order, d.Nodes[b].order) })
			height := 0
			for _, i := range column {
				n := &d.Nodes[i]
				n.X, n.Y = padding+slices.Index(used, lane)*(boxWidth+gapX), y+bandHead+height
				n.write()
				height += n.H + gapY
			}
			inner = max(inner, height)
		}
		h := bandHead + inner - gapY + 8
		name := ns
		if name == "" {
			name = "without a namespace"
		}
		d.Bands = append(d.Bands, Band{Name: name, Y: y, H: h, W: d.W - 8, T: y + 17})
		y += h + 8
	}
	d.H = y - 4
	long := 0
	for i := range d.Edges {
		e := &d.Edges[i]
		from, to := d.Nodes[e.From], d.Nodes[e.To]
		e.Note = cut(e.Note, widestNote)
		if e.place(from, to); to.X > from.X+boxWidth+gapX {
			band := slices.Index(namespaces, from.Namespace)
			e.around(d.Bands[band].Y+bandHead, long%corridors)
			long++
		}
	}
	return d
}

// place leads from a box to one of the lane beside it. What leads back is a little below what leads there.
func (e *Edge) place(from, to Node) {
	e.X1, e.Y1, e.X2, e.Y2 = from.X+boxWidth, from.Y+from.H/2, to.X-3, to.Y+to.H/2
	if to.X <= from.X {
		e.X1, e.X2 = from.X, to.X+boxWidth+3
		e.Y1, e.Y2 = e.Y1+backBy, e.Y2+backBy
	}
	middle := (e.X1 + e.X2) / 2
	e.Path = fmt.Sprintf("M%d %dC%d %d %d %d %d %d", e.X1, e.Y1, middle, e.Y1, middle, e.Y2, e.X2, e.Y2)
}

// around leads over lanes between two boxes, in one of the corridors above the boxes of a frame, which begin at y: an arrow behind a
// box seems to start there.
func (e *Edge) around(y, corridor int) {
	down, up := e.X1+14+4*corridor, e.X2-14-4*corridor
	e.Path = fmt.Sprintf("M%d %dH%dV%dH%dV%dH%d", e.X1, e.Y1, down, y-4-3*corridor, up, e.Y2, e.X2)
}

// write fills a box, which is as high as it has lines.
func (n *Node) write() {
	n.W, n.H = boxWidth, boxHead+lineHeight*len(n.Facts)
	n.KindShown, n.NameShown = cut(n.Kind, widestText), middle(n.Name, widestName)
	n.Lines = nil
	for i, fact := range n.Facts {
		n.Lines = append(n.Lines, Line{cut(fact, widestText), boxHead + 8 + lineHeight*i})
	}
}

// spacesOf are the namespaces of a graph in the order of their names; none is the last.
func spacesOf(g Graph) []string {
	var all []string
	for _, n := range g.Nodes {
		if !slices.Contains(all, n.Namespace) {
			all = append(all, n.Namespace)
		}
	}
	slices.SortFunc(all, func(a, b string) int {
		return cmp.Or(cmp.Compare(min(1, len(b)), min(1, len(a))), cmp.Compare(a, b))
	})
	return all
}

// sweeps is how often the order of the lanes is improved.
const sweeps = 6

// settleRows orders the nodes of each lane by the mean of their neighbours, to and fro.
func settleRows(g *Graph, used []int) {
	neighbours := make([][]int, len(g.Nodes))
	for _, e := range g.Edges {
		neighbours[e.From], neighbours[e.To] = append(neighbours[e.From], e.To), append(neighbours[e.To], e.From)
	}
	lane := func(l int) (column []int) {
		for i, n := range g.Nodes {
			if n.Lane == l {
				column = append(column, i)
			}
		}
		return column
	}
	for _, l := range used {
		column := lane(l)
		slices.SortStableFunc(column, func(a, b int) int {
			return cmp.Or(cmp.Compare(min(1, len(neighbours[b])), min(1, len(neighbours[a]))), cmp.Compare(g.Nodes[a].Name, g.Nodes[b].Name))
		})
		for row, i := range column {
			g.Nodes[i].order = row
		}
	}
	for range sweeps {
		for _, l := range used {
			column := lane(l)
			for _, i := range column {
				n := &g.Nodes[i]
				n.barycenter = float64(n.order)
				if len(neighbours[i]) > 0 {
					sum := 0
					for _, j := range neighbours[i] {
						sum += g.Nodes[j].order
					}
					n.barycenter = float64(sum) / float64(len(neighbours[i]))
				}
			}
			slices.SortStableFunc(column, func(a, b int) int { return cmp.Compare(g.Nodes[a].barycenter, g.Nodes[b].barycenter) })
			for row, i := range column {
				g.Nodes[i].order = row
			}
		}
	}
}

// middle shortens a name in its middle: names of one chart begin alike.
func middle(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n/3]) + "…" + string(r[len(r)-(n-n/3-1):])
}

func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
