package devserver

import (
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
)

// names are what the server is called, lower case, without a port.
type names map[string]bool

// namesOf returns the names of loopback and more. An address is kept in the one
// form that browsers send, and only if one machine can have it.
func namesOf(more []string) names {
	n := names{"localhost": true, "127.0.0.1": true, "::1": true}
	for _, name := range more {
		name = strings.ToLower(strings.Trim(name, "[]"))
		if ip, err := netip.ParseAddr(name); err == nil {
			if ip.IsUnspecified() {
				continue
			}
			name = ip.String()
		}
		n[name] = name != ""
	}
	return n
}

// hostName returns the name in a Host header, and whether the header has the
// form that a browser gives it for a port: the port may be left out where it is 80.
func hostName(host string, port int) (string, bool) {
	name, ok := strings.CutSuffix(host, ":"+strconv.Itoa(port))
	if !ok && port != 80 {
		return "", false
	}
	inner, bracketed := strings.CutPrefix(name, "[")
	if bracketed {
		inner, ok = strings.CutSuffix(inner, "]")
	}
	isSix := strings.Contains(inner, ":")
	return strings.ToLower(inner), isSix == bracketed && (ok || !bracketed)
}

// knows reports whether a Host header names the server, which the connection
// reached at an address of its own.
func (n names) knows(host string, local netip.AddrPort) bool {
	name, ok := hostName(host, int(local.Port()))
	if !ok {
		return false
	}
	ip, err := netip.ParseAddr(name)
	return n[name] || err == nil && ip == local.Addr()
}

// localAddress returns where the connection of a request arrived.
func localAddress(r *http.Request) (netip.AddrPort, bool) {
	a, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	if !ok {
		return netip.AddrPort{}, false
	}
	at := a.AddrPort()
	return netip.AddrPortFrom(at.Addr().Unmap(), at.Port()), true
}

// refusal returns why a request is not answered; its status is 0 if it is.
func (s *Server) refusal(r *http.Request) answer {
	local, ok := localAddress(r)
	switch {
	case !ok || !s.names.knows(r.Host, local):
		return plain(http.StatusMisdirectedRequest, "This server does not go by that name and port. Use the address that “plumb serve” printed; other names are given with --host.")
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		return plain(http.StatusMethodNotAllowed, "Only GET and HEAD.")
	case r.ContentLength != 0 || len(r.TransferEncoding) > 0:
		return plain(http.StatusBadRequest, "A request here has no body.")
	case r.URL.Opaque != "" || r.URL.Scheme != "" && r.URL.Scheme != "http":
		return plain(http.StatusBadRequest, "Not an address of this server.") // C:/index.html has the scheme “C”
	case !ownOrigin(r) || !ownSite(r):
		return plain(http.StatusForbidden, "Pages of other sites are not answered.")
	}
	return answer{}
}

// ownOrigin reports whether the request does not say that a page of another
// origin made it.
func ownOrigin(r *http.Request) bool {
	origins := r.Header.Values("Origin")
	return len(origins) == 0 || len(origins) == 1 && strings.EqualFold(origins[0], "http://"+r.Host)
}

// ownSite reports whether the browser does not say that another site made the
// request; following a link to a page is free.
func ownSite(r *http.Request) bool {
	sites := r.Header.Values("Sec-Fetch-Site")
	if len(sites) == 0 || len(sites) == 1 && (sites[0] == "same-origin" || sites[0] == "none") {
		return true
	}
	link := r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
	return link && !strings.HasPrefix(r.URL.Path, "/.plumb/")
}

// near reports whether a request comes from this machine.
func near(r *http.Request) bool {
	remote, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	local, _ := localAddress(r)
	ip := remote.Addr().Unmap()
	return ip.IsLoopback() || ip == local.Addr()
}

// plain returns a refusal in a sentence.
func plain(status int, text string) answer {
	return answer{status: status, kind: textType, body: []byte(text + "\n")}
}
