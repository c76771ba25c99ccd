package render

import (
	"net/mail"
	"net/url"
	"strings"
)

// ownedBy is the owner of a page.
type ownedBy struct{ name, address string }

// owner is owner, reckoned once for each text.
func (r *Renderer) owner(text string) (name, address string) {
	if text == "" {
		return "", ""
	}
	known, ok := r.owners.Load(text)
	if !ok {
		name, address = owner(text)
		known, _ = r.owners.LoadOrStore(text, ownedBy{name, address})
	}
	o := known.(ownedBy)
	return o.name, o.address
}

// owner splits the owner of a page into a name and an address to write to:
// “Dana Okafor <dana@example.com>”. The address is empty where none is said.
func owner(text string) (name, address string) {
	a, err := mail.ParseAddress(text)
	if err != nil {
		return text, ""
	}
	if a.Name == "" {
		return a.Address, a.Address
	}
	return a.Name, a.Address
}

// writeTo returns the address that opens a letter about a part of a page.
func writeTo(address, subject, where string) string {
	if address == "" {
		return ""
	}
	query := "subject=" + mailQuery(subject)
	if where != "" {
		query += "&body=" + mailQuery(where)
	}
	return "mailto:" + strings.ReplaceAll(mailQuery(address), "%40", "@") + "?" + query
}

// mailQuery escapes a value as RFC 6068 asks for: a space is %20 and no plus.
func mailQuery(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
