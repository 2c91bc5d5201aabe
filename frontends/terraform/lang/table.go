package lang

import (
	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// pureFunctions are Terraform's functions that depend on their arguments alone.
// Sources of the names and of what they do:
// https://developer.hashicorp.com/terraform/language/functions and
// https://opentofu.org/docs/language/functions (base64gunzip, cidrcontains, convert
// and urldecode are OpenTofu's alone). Where cty's own function is the same it is
// taken; where a short argument can ask for a huge result, it is limited.
var pureFunctions = map[string]function.Function{
	// numbers
	"abs": stdlib.AbsoluteFunc, "ceil": stdlib.CeilFunc, "floor": stdlib.FloorFunc,
	"log": stdlib.LogFunc, "max": stdlib.MaxFunc, "min": stdlib.MinFunc,
	"parseint": limited(stdlib.ParseIntFunc, fewDigits), "pow": stdlib.PowFunc,
	"signum": stdlib.SignumFunc,

	// texts
	"chomp": stdlib.ChompFunc, "endswith": endswithFunc,
	"format":     limited(stdlib.FormatFunc, plainNumbers, formatSize),
	"formatlist": limited(stdlib.FormatListFunc, plainNumbers, formatSize),
	"indent":     limited(stdlib.IndentFunc, indentSize), "join": limited(stdlib.JoinFunc, joinSize),
	"lower": stdlib.LowerFunc, "regex": limited(stdlib.RegexFunc, regexSize),
	"regexall": limited(stdlib.RegexAllFunc, regexSize), "replace": replaceFunc,
	"split": stdlib.SplitFunc, "startswith": startswithFunc, "strcontains": strcontainsFunc,
	"strrev": stdlib.ReverseFunc, "substr": stdlib.SubstrFunc, "title": stdlib.TitleFunc,
	"trim": stdlib.TrimFunc, "trimprefix": stdlib.TrimPrefixFunc,
	"trimspace": stdlib.TrimSpaceFunc, "trimsuffix": stdlib.TrimSuffixFunc,
	"upper": stdlib.UpperFunc,

	// collections
	"alltrue": alltrueFunc, "anytrue": anytrueFunc, "chunklist": stdlib.ChunklistFunc,
	"coalesce": coalesceFunc, "coalescelist": stdlib.CoalesceListFunc,
	"compact": stdlib.CompactFunc, "concat": limited(stdlib.ConcatFunc, fewElements),
	"contains": stdlib.ContainsFunc, "distinct": limited(stdlib.DistinctFunc, squareElements),
	"element": stdlib.ElementFunc, "flatten": limited(stdlib.FlattenFunc, fewElements),
	"index": indexFunc, "keys": stdlib.KeysFunc, "length": lengthFunc, "list": listFunc,
	"lookup": lookupFunc, "map": mapFunc, "matchkeys": limited(matchkeysFunc, squareElements),
	"merge": limited(stdlib.MergeFunc, fewElements), "one": oneFunc, "range": stdlib.RangeFunc,
	"reverse": stdlib.ReverseListFunc, "setintersection": stdlib.SetIntersectionFunc,
	"setproduct":  limited(stdlib.SetProductFunc, productSize),
	"setsubtract": stdlib.SetSubtractFunc, "setunion": stdlib.SetUnionFunc,
	"slice": stdlib.SliceFunc, "sort": stdlib.SortFunc, "sum": sumFunc,
	"transpose": transposeFunc, "values": stdlib.ValuesFunc, "zipmap": stdlib.ZipmapFunc,

	// encodings
	"base64decode": base64decodeFunc, "base64encode": base64encodeFunc,
	"base64gunzip": base64gunzipFunc, "base64gzip": base64gzipFunc,
	"csvdecode": stdlib.CSVDecodeFunc, "jsondecode": limited(stdlib.JSONDecodeFunc, jsonSize),
	"jsonencode":       limited(stdlib.JSONEncodeFunc, plainNumbers),
	"textdecodebase64": textdecodebase64Func, "textencodebase64": textencodebase64Func,
	"urldecode": urldecodeFunc, "urlencode": urlencodeFunc,
	"yamldecode": YamldecodeFunc, "yamlencode": yamlencodeFunc,

	// dates
	"formatdate": stdlib.FormatDateFunc, "timeadd": stdlib.TimeAddFunc, "timecmp": timecmpFunc,

	// hashes
	"base64sha256": hashFunc(sha256Sum, toBase64), "base64sha512": hashFunc(sha512Sum, toBase64),
	"md5": hashFunc(md5Sum, toHex), "sha1": hashFunc(sha1Sum, toHex),
	"sha256": hashFunc(sha256Sum, toHex), "sha512": hashFunc(sha512Sum, toHex),
	"uuidv5": uuidv5Func,

	// networks
	"cidrcontains": cidrcontainsFunc, "cidrhost": cidrhostFunc, "cidrnetmask": cidrnetmaskFunc,
	"cidrsubnet": cidrsubnetFunc, "cidrsubnets": cidrsubnetsFunc,

	// types and marks
	"can": tryfunc.CanFunc, "convert": typeexpr.ConvertFunc,
	"ephemeralasnull": ephemeralasnullFunc, "issensitive": issensitiveFunc,
	"nonsensitive": nonsensitiveFunc, "sensitive": sensitiveFunc,
	"tobool": stdlib.MakeToFunc(cty.Bool), "tolist": stdlib.MakeToFunc(cty.List(cty.DynamicPseudoType)),
	"tomap":    stdlib.MakeToFunc(cty.Map(cty.DynamicPseudoType)),
	"tonumber": limited(stdlib.MakeToFunc(cty.Number), fewDigits),
	"toset":    stdlib.MakeToFunc(cty.Set(cty.DynamicPseudoType)),
	"tostring": limited(stdlib.MakeToFunc(cty.String), plainNumbers),
	"try":      tryFunc,

	// paths
	"basename": basenameFunc, "dirname": dirnameFunc,
}
