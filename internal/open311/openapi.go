package open311

import (
	_ "embed"
	"net/http"
)

// openAPIName is where the description of the JSON calls is, below Path.
const openAPIName = "openapi.json"

//go:embed openapi.json
var openAPIText []byte

// openAPI tells what the calls are in JSON, for programs.
func (s *Server) openAPI(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(openAPIText)
}
