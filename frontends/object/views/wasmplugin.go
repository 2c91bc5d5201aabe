package views

// Extensions is the API group of WasmPlugin and TrafficExtension, of which checks ask no more than AsPolicy has.
const Extensions = "extensions.istio.io"
