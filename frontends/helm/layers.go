package helm

import "github.com/mesh-check/mesh-check/render"

// Layer is one -f file or one --set flag; see render.Layer.
type Layer = render.Layer

// LayerKind says how a Layer is read; see render.LayerKind.
type LayerKind = render.LayerKind

// The kinds of layers, in the order in which Helm applies them.
const (
	ValuesFile = render.ValuesFile
	SetJSON    = render.SetJSON
	Set        = render.Set
	SetString  = render.SetString
	SetFile    = render.SetFile
	SetLiteral = render.SetLiteral
)
