package object

import (
	"errors"
	"reflect"
	"strconv"
)

// scalar reads strings, booleans and numbers. A number with a fraction of zero is a
// whole number, since JSON has only one kind.
func (d *typedDecoder) scalar(v reflect.Value, n *Node, at *step) {
	switch v.Kind() {
	case reflect.String:
		if n.Kind != String {
			d.fault(at, n, String)
			return
		}
		v.SetString(n.Text)
	case reflect.Bool:
		if n.Kind != Bool {
			d.fault(at, n, Bool)
			return
		}
		v.SetBool(n.Text == "true")
	case reflect.Float32, reflect.Float64:
		f, err := strconv.ParseFloat(n.Text, 64)
		if err != nil || n.Kind != Int && n.Kind != Float {
			d.fault(at, n, Float)
			return
		}
		v.SetFloat(f)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		i, err := strconv.ParseInt(n.Text, 10, 64)
		switch {
		case !wholeNode(n, err):
			d.fault(at, n, Int)
		case err != nil || v.OverflowInt(i):
			d.faults = append(d.faults, typedFault{at: at, what: "is too large a number"})
		default:
			v.SetInt(i)
		}
	case reflect.Uint, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uint8:
		u, err := strconv.ParseUint(n.Text, 10, 64)
		switch {
		case !wholeNode(n, err):
			d.fault(at, n, Int)
		case err != nil || v.OverflowUint(u):
			d.faults = append(d.faults, typedFault{at: at, what: "is too large a number, or a negative one"})
		default:
			v.SetUint(u)
		}
	}
}

// wholeNode reports whether a node is a whole number, be it out of the range that err
// reports.
func wholeNode(n *Node, err error) bool {
	return n.Kind == Int || n.Kind == Float && (err == nil || errors.Is(err, strconv.ErrRange))
}
