package devserver

import (
	"encoding/json"
	"net/http"
)

// inspect answers with what Plumb understood of a page's source.
func (s *Server) inspect(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	source := s.now.Load().source(pageOf(r.URL.Query().Get("page")))
	if source == "" || s.options.Inspect == nil {
		failure(notFound, "This page has no source file of its own.").send(w, r)
		return
	}
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-r.Context().Done():
		return
	}
	data, err := s.options.Inspect(r.Context(), source)
	if err != nil {
		failure(http.StatusInternalServerError, err.Error()).send(w, r)
		return
	}
	w.Header().Set("Content-Type", jsonType)
	w.Write(data)
}

// failure returns an error as JSON.
func failure(status int, text string) answer {
	body, _ := json.Marshal(map[string]string{"error": text}) // a map of strings cannot fail
	return answer{status: status, kind: jsonType, body: body}
}
