package helm

import "github.com/mesh-check/mesh-check/render/chart"

// Layer is one -f file or one --set flag; see render.Layer.
type Layer = chart.Layer

// LayerKind says how a Layer is read; see render.LayerKind.
type LayerKind = chart.LayerKind

// The kinds of layers, in the order in which Helm applies them.
const (
	ValuesFile = chart.ValuesFile
	SetJSON    = chart.SetJSON
	Set        = chart.Set
	SetString  = chart.SetString
	SetFile    = chart.SetFile
	SetLiteral = chart.SetLiteral
)
