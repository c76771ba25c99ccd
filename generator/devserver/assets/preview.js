// The browser's side of the preview: plumb serve puts it into every page that it
// answers with, and no built page holds it. The site's own scripts hear of new
// content by the event “plumb:update” on the document.

const page = sitePath(location.pathname);

// sitePath turns the path of an address into the path of a file of the site.
function sitePath(pathname) {
	let path = pathname.slice(1);
	try {
		path = decodeURIComponent(path);
	} catch {
		// not UTF-8: no file has that name
	}
	return path === '' || path.endsWith('/') ? `${path}index.html` : path;
}

// memory belongs to this tab and outlives a reload, unless a browser refuses it.
const memory = {
	all: {},
	get(key) {
		try {
			return JSON.parse(sessionStorage.getItem(`plumb.preview.${key}`));
		} catch {
			return this.all[key];
		}
	},
	set(key, value) {
		this.all[key] = value;
		try {
			sessionStorage.setItem(`plumb.preview.${key}`, JSON.stringify(value));
		} catch {
			// then it lasts as long as the page
		}
	},
};

// ---- what the server says

let state = null; // the newest state, null before the first
let stream = null;
let failures = 0;
let retry = 0;

// listen holds a stream while the tab is visible: a browser allows six
// connections to a host, and a tab that nobody sees shall not keep one.
function listen() {
	clearTimeout(retry);
	if (stream || document.visibilityState !== 'visible') return;
	stream = new EventSource(`/.plumb/events?page=${encodeURIComponent(page)}`);
	stream.addEventListener('state', (event) => {
		failures = 0;
		take(JSON.parse(event.data));
	});
	stream.addEventListener('error', () => {
		hang();
		failures++;
		retry = setTimeout(listen, Math.min(5000, 125 * 2 ** failures));
		drawBadge();
	});
}

function hang() {
	clearTimeout(retry);
	stream?.close();
	stream = null;
}

function take(next) {
	if (state && next.run === state.run && next.build < state.build) return;
	state = next;
	drawBadge();
	drawErrors();
	drawPanel();
	inspect();
	if (state.build > 0) settle(); // a server that has only just begun has no page yet
}

// ---- what the window shows

const address = () => location.href.split('#')[0];
const sumOf = (answer) => answer.headers.get('ETag')?.replace(/^(W\/)?"|"$/g, '');

// shown is known by the server's sums; base is the page as the server sent it,
// null where that is not known.
const shown = { sum: undefined, text: '', base: null, assets: {} };
const known = remember().catch(() => {});
const leaving = new WeakSet(); // links to style sheets that are being replaced
const replaced = new WeakMap(); // by the link that replaces them
let settled = null;
let settling = false;

// remember reads what the window was made from out of the browser's cache: the
// server may have a newer version by now.
async function remember() {
	const [visit] = performance.getEntriesByType('navigation');
	if (visit?.responseStatus >= 400) {
		shown.sum = '';
	} else {
		const answer = await fetch(address(), { cache: 'force-cache' });
		const bytes = await answer.arrayBuffer();
		if (visit?.decodedBodySize && visit.decodedBodySize !== bytes.byteLength) return;
		shown.sum = sumOf(answer);
		shown.text = new TextDecoder().decode(bytes);
		shown.base = parse(shown.text);
		pair(document.documentElement, shown.base.documentElement);
	}
	await Promise.all(loaded().map(async (path) => {
		shown.assets[path] = sumOf(await fetch(`/${encodeURI(path)}`, { cache: 'force-cache' }));
	}));
}

// loaded lists the style sheets and scripts of the theme that this window has
// loaded, also those that other style sheets and scripts asked for.
function loaded() {
	const urls = performance.getEntriesByType('resource').map((entry) => new URL(entry.name));
	const paths = urls.filter((url) => url.origin === location.origin).map((url) => sitePath(url.pathname));
	return [...new Set(paths)].filter((path) => /^theme\/.*\.(css|js)$/.test(path));
}

// settle makes the window show the newest state, one state at a time.
async function settle() {
	if (settling) return;
	settling = true;
	while (settled !== state) {
		const now = state;
		await known;
		await apply(now).catch(() => {}); // The server is gone: the page stays as it is.
		settled = now;
	}
	settling = false;
}

async function apply(s) {
	if (s.navigate && document.visibilityState === 'visible') {
		location.assign(`/${s.navigate.split('/').map(encodeURIComponent).join('/')}`);
		return;
	}
	const before = { ...s.assets, ...shown.assets };
	const stale = loaded().filter((path) => s.assets[path] && before[path] !== s.assets[path]);
	const done = stale.every((path) => path.endsWith('.css')) && (s.sum === shown.sum || (await refresh(s))) && restyle(stale, s.assets);
	shown.assets = s.assets;
	if (!done) reload(s);
}

// refresh makes the page what the server has, or returns false.
async function refresh(s) {
	if (s.sum === '' || !shown.base) return false;
	const answer = await fetch(address(), { cache: 'no-cache' });
	if (!answer.ok) return false;
	const text = await answer.text();
	if (text !== shown.text) {
		try {
			const changed = morph(shown.base, text);
			shown.text = text;
			mark(changed);
		} catch {
			return false;
		}
		document.dispatchEvent(new CustomEvent('plumb:update'));
		placeLines();
	}
	shown.sum = s.sum;
	return true;
}

// restyle loads changed style sheets beside the old ones, which go when the new
// ones are there. It returns false where one came by other ways than a link.
function restyle(paths, sums) {
	const left = new Set(paths);
	for (const link of document.querySelectorAll('link[rel~="stylesheet"][href]')) {
		const url = new URL(link.href);
		const path = sitePath(url.pathname);
		if (url.origin !== location.origin || !paths.includes(path)) continue;
		left.delete(path);
		if (leaving.has(link)) continue;
		url.search = `?v=${sums[path]}`;
		const fresh = link.cloneNode();
		fresh.href = url.href;
		const old = [link, ...(replaced.get(link) ?? [])];
		fresh.onload = fresh.onerror = () => old.forEach((e) => e.remove());
		replaced.set(fresh, old);
		leaving.add(link);
		for (const e of shown.base?.querySelectorAll('link') ?? []) {
			if (live.get(e) === link) live.set(e, fresh);
		}
		link.after(fresh);
	}
	return left.size === 0;
}

// reload loads the page again, once for each state, so that a page that cannot
// be made equal does not load for ever.
function reload(s) {
	const key = `${s.run} ${s.build}`;
	const last = memory.get('reload');
	if (last?.key === key && last.page === page) return;
	const open = [...document.querySelectorAll('details')].map((e) => e.open);
	memory.set('reload', { key, page, open, top: scrollY });
	location.reload();
}

// restore brings back what a reload took away.
function restore() {
	const last = memory.get('reload');
	if (!last?.open || last.page !== page) return;
	memory.set('reload', { key: last.key, page });
	const all = document.querySelectorAll('details');
	if (all.length === last.open.length) all.forEach((e, i) => (e.open = last.open[i]));
	const scroll = () => scrollTo({ top: last.top, behavior: 'instant' });
	scroll();
	addEventListener('load', scroll, { once: true });
}

// dismissWorkers removes what a published site left at this port: a service
// worker would go on answering for it. The page then loads again, once.
async function dismissWorkers() {
	const workers = navigator.serviceWorker;
	if (!workers) return;
	const controlled = Boolean(workers.controller);
	const all = await workers.getRegistrations();
	await Promise.all(all.map((r) => r.unregister()));
	if (controlled && !memory.get('worker')) {
		memory.set('worker', true);
		location.reload();
	} else if (!controlled) {
		memory.set('worker', false);
	}
}

// ---- start

restore();
install();
drawBadge();
openPanel(memory.get('panel') === true);
watchLines();
addEventListener('keydown', (event) => {
	if (event.key !== 'Escape' || event.defaultPrevented) return;
	if (lines.pressed) point({ pressed: false });
	else if (!panel.hidden) openPanel(false);
	else errors.querySelector('.close')?.click();
});
document.addEventListener('visibilitychange', () => (document.visibilityState === 'visible' ? listen() : hang()));
addEventListener('pagehide', hang);
addEventListener('pageshow', listen);
dismissWorkers().catch(() => {});
listen();
