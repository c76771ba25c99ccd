package devserver

import (
	"io"
	"net/http"
)

// lastWorker is a service worker that takes the place of one a published site
// left behind at this port, and goes: it unregisters itself and has its windows
// load again, this time from the server. It answers no request itself.
const lastWorker = `self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", event => event.waitUntil((async () => {
  await self.registration.unregister();
  const windows = await self.clients.matchAll({ type: "window" });
  await Promise.allSettled(windows.map(w => w.navigate(w.url)));
})()));
`

// farewell answers a browser that asks for a service worker, at whatever
// address. Without the permission to control everything, a worker that was
// given it could not be replaced.
func farewell(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", scriptType)
	h.Set("Cache-Control", "no-store")
	h.Set("Service-Worker-Allowed", "/")
	io.WriteString(w, lastWorker)
}
