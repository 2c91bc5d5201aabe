package eval

import (
	"github.com/zclconf/go-cty/cty"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
)

// dataSource works out a data source that only reads local files, from its
// configuration; ok is false where it cannot, and the result is then read at apply.
type dataSource func(config cty.Value, env lang.Env) (v cty.Value, ok bool)

// dataSources are the data sources that are known without an apply, by type.
var dataSources = map[string]dataSource{
	"kubectl_file_documents": fileDocuments,
	"kubectl_path_documents": pathDocuments,
	"kubectl_filename_list":  filenameList,
}
