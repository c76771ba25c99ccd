// Offline: a service worker keeps the site, where the browser and the address
// allow one. The preview has none, for it shows what is not published yet.
const worker = offlineWorker();
const hour = 3600e3;

if (worker) {
	const idle = window.requestIdleCallback ?? setTimeout;
	addEventListener('load', () => idle(() => keepSite().catch(() => {})));
	worker.addEventListener('message', ({ data }) => data === 'plumb:newer' && tellNewer());
}

function offlineWorker() {
	if (location.protocol === 'file:' || document.querySelector('script[src^="/.plumb/"]')) return null;
	try {
		return navigator.serviceWorker;
	} catch { // in a sandbox
		return null;
	}
}

async function keepSite() {
	const registration = await worker.register(`${plumb.root}sw.js`);
	const check = () => checkSite(registration).catch(() => {});
	if (worker.controller) check();
	document.addEventListener('visibilitychange', check);
}

// checkSite asks for a newer version, once an hour: browsers do so only when a
// page is opened, and say nothing if they fail.
async function checkSite(registration) {
	if (document.hidden || Date.now() - (read('checked') ?? 0) < hour) return;
	keep('checked', Date.now());
	await registration.update().catch(() => release(registration));
}

// release gives up the copy where the site is gone or no longer for this reader;
// where it asks to sign in first, only the worker, so that it can ask.
async function release(registration) {
	const { type, status } = await fetch(`${plumb.root}sw.js`, { cache: 'no-store', redirect: 'manual' });
	const gone = [403, 404, 410].includes(status);
	if (!gone && status !== 401 && type !== 'opaqueredirect') return;
	await registration.unregister();
	if (!gone) return;
	for (const name of await caches.keys()) if (name.startsWith(`plumb:${plumb.root} `)) await caches.delete(name);
}

// tellNewer says that the page is of a version before. The bar stands before its
// words do, so that they are read out.
function tellNewer() {
	if (document.querySelector('.newer')) return;
	const bar = said('div', { class: 'say newer', role: 'status' });
	document.body.append(bar);
	setTimeout(() => bar.append(
		make('span', {}, word('offline.newer')), ' ',
		button(word('offline.reload'), () => location.reload()), ' ',
		button(word('offline.later'), () => bar.remove()),
	));
}

// The page for what is not on the device leads to what was asked for.
const choices = document.querySelector('[data-page=offline] main ul');
const wanted = new URLSearchParams(location.search).get('page');
if (choices && wanted) choices.prepend(make('li', {}, said('a', { href: plumb.root + wanted }, word('offline.again'))));
