// Keeps the site on the reader's device and answers from there.
//
//	plumb = {version, own, files, later}
//	version  stands for all that the site holds, and for this script
//	own      how its addresses begin; others below its folder are not of the site
//	files    what is kept from the start: {address: digest}
//	later    what is kept once it was opened: {address: digest}
//
// A cache holds one version. Its name begins with the site's folder, for several
// sites may share a host. With each file stands a digest of its bytes: one that
// is not what this version says (half of it is uploaded, a proxy changes pages)
// is shown only while the server cannot be reached.
const scope = registration.scope;
const family = `plumb:${scope} `;
const name = family + plumb.version;
const digests = { ...plumb.files, ...plumb.later };
const mark = 'plumb-digest';

// The browser's own cache may hold what this version has changed or dropped.
const fresh = { cache: 'no-cache' };

// What is kept of visits: no file above so many bytes.
const largest = 20e6;
const offline = 'offline.html';

addEventListener('install', (event) => event.waitUntil(install()));
addEventListener('activate', (event) => event.waitUntil(activate()));
addEventListener('fetch', (event) => {
	const { method, headers, url } = event.request;
	const path = method === 'GET' && !headers.has('range') && pathOf(url);
	if (path) event.respondWith(answer(event, path));
});

// install fills the cache of this version. If a file of it cannot be had, the
// version before stays, and the next try begins with what is there.
async function install() {
	const older = await Promise.all((await mine()).map((n) => caches.open(n)));
	const cache = await caches.open(name);
	await each(Object.keys(plumb.files), async (path) => {
		if (!await bring(cache, older, path)) throw new Error(`not answered: ${path}`);
	});
	await each(await visited(older), (path) => bring(cache, older, path).catch(() => carry(cache, older, path)));
	await skipWaiting();
}

// activate drops the versions before, and tells the pages that show one of them.
async function activate() {
	const told = await clients.matchAll({ type: 'window' });
	await clients.claim();
	for (const n of await mine()) if (n !== name) await caches.delete(n);
	for (const client of told) client.postMessage('plumb:newer');
}

async function answer(event, path) {
	const cache = await caches.open(name);
	const kept = await cache.match(scope + path);
	const sum = kept?.headers.get(mark);
	// A script with a query is asked for because what is kept is out of date.
	const anew = event.request.destination === 'script' && event.request.url.includes('?');
	if (!anew && sum && sum === (digests[path] ?? sum)) return kept;
	const response = await fetch(event.request, fresh).catch(() => null);
	if (!response) return kept ?? nothing(event.request, path);
	if (serves(response)) {
		if (Number(response.headers.get('content-length')) <= largest) {
			// Without room for it, it is shown all the same.
			event.waitUntil(keep(cache, path, response.clone()).catch(() => {}));
		}
	} else if ([404, 410].includes(response.status)) {
		event.waitUntil(cache.delete(scope + path));
	}
	return response;
}

// nothing answers for what is neither here nor to be had.
function nothing(request, path) {
	if (request.mode !== 'navigate' || path === offline) return Response.error();
	return Response.redirect(`${scope}${offline}?page=${encodeURIComponent(path)}`);
}

// mine are the names of the caches of this site.
const mine = async () => (await caches.keys()).filter((n) => n.startsWith(family));

// pathOf returns the address below the site's folder as the list has it, null for
// one that is not of the site. Some servers leave out what pages end in.
function pathOf(url) {
	if (!url.startsWith(scope)) return null;
	const [short] = url.slice(scope.length).split(/[?#]/, 1);
	const path = [short, `${short}.html`, `${short}index.html`].find((p) => p in digests) ?? short;
	return plumb.own.includes(path.split('/', 1)[0]) ? path : null;
}

// visited are the files that were opened before, and the pages that are open,
// beside what is kept anyway.
async function visited(older) {
	const opened = (await Promise.all(older.map((cache) => cache.keys()))).flat();
	const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
	const paths = new Set([...opened, ...windows].map(({ url }) => pathOf(url)));
	return [...paths].filter((path) => path && !(path in plumb.files));
}

// bring puts a file into the cache: a copy that is known to be of this version,
// or what the server has now. It returns false if the server has no such file.
async function bring(cache, older, path) {
	for (const old of older) {
		const kept = await old.match(scope + path);
		if (kept && kept.headers.get(mark) === digests[path]) return put(cache, path, kept);
	}
	const response = await fetch(scope + path, fresh);
	return serves(response) && keep(cache, path, response);
}

// serves says whether a file is there, and no page to sign in in its place.
const serves = (response) => response.status === 200 && pathOf(response.url) !== null;

// carry keeps a file that could not be asked for: it may be of a version before.
async function carry(cache, older, path) {
	for (const old of older) {
		const kept = await old.match(scope + path);
		if (kept) await put(cache, path, kept, '');
	}
}

// keep puts an answer into the cache with the digest of what it says.
async function keep(cache, path, response) {
	const body = await response.clone().arrayBuffer();
	const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
	return put(cache, path, response, btoa(String.fromCharCode(...sum.slice(0, 6))));
}

async function put(cache, path, response, sum = response.headers.get(mark)) {
	const headers = new Headers(response.headers);
	headers.set(mark, sum);
	headers.delete('vary'); // a copy serves for every request
	await cache.put(scope + path, new Response(response.body, { headers }));
	return true;
}

// each does something with all of a list, a few at a time: the page that is open
// needs the connection too.
async function each(list, work) {
	const rest = list.values();
	const lane = async () => {
		for (const item of rest) await work(item);
	};
	await Promise.all([lane(), lane(), lane(), lane()]);
}
