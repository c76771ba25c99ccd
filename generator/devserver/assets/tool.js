// What an author sees of the preview on every page: a badge in the corner, the
// errors, the marks on what changed. It stands in a shadow tree, so that its
// styles and those of the site do not meet.

// h makes an element: “p.class”, attributes (a function is a listener, false
// none) and children. Texts stay texts: a source is not trusted.
function h(name, attributes, ...children) {
	const [tag, ...classes] = name.split('.');
	const e = document.createElement(tag);
	if (classes.length) e.className = classes.join(' ');
	for (const [key, value] of Object.entries(attributes ?? {})) {
		if (typeof value === 'function') e.addEventListener(key, value);
		else if (value !== false) e.setAttribute(key, value);
	}
	e.append(...nodes(children));
	return e;
}

// nodes drops what a condition has left out, and flattens lists.
const nodes = (list) => list.flat(3).filter((c) => c || c === 0);

const host = document.createElement('plumb-preview');
const root = host.attachShadow({ mode: 'open' });
const layer = h('div.layer', { 'aria-hidden': 'true' });
const said = h('p.unseen', { role: 'status' });
const away = h('button.away', { type: 'button', hidden: '' });
const badge = h('button.badge', { type: 'button', 'aria-expanded': 'false', 'aria-controls': 'panel', click: () => openPanel(panel.hidden) });
const panel = h('section.panel', { id: 'panel', 'aria-label': 'This page', hidden: '' });
const errors = h('section.errors', { 'aria-label': 'Errors', hidden: '' });
const frame = h('aside', { 'aria-label': 'Preview', lang: 'en' }, h('div.corner', null, said, away, badge), panel, errors);

// install puts the tool beside the page's body. Nothing is seen of it before
// its style sheet is there.
function install() {
	const styles = h('link', { rel: 'stylesheet', href: '/.plumb/preview.css', load: () => host.style.removeProperty('display') });
	host.style.setProperty('display', 'none');
	root.append(styles, layer, frame);
	document.documentElement.append(host);
}

const count = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

// visible is a text in which all characters are seen, as a terminal shows it.
function visible(text) {
	return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/gu, (c) => {
		if (c === '\t' || c === '\n') return ' ';
		if (c === '\u200c' || c === '\u200d') return c;
		return c < ' ' ? String.fromCharCode(0x2400 + c.charCodeAt(0)) : '\ufffd';
	});
}

// say speaks a sentence to a screen reader, and shows it for a while if it is
// not to be seen elsewhere.
function say(text, seen) {
	said.textContent = text;
	said.className = seen ? 'said' : 'unseen';
	clearTimeout(silence);
	silence = setTimeout(() => {
		said.className = 'unseen';
		said.replaceChildren();
	}, 6000);
}

let silence = 0;

// redraw replaces the content of a box, and keeps what is open in it, the place
// it is scrolled to and the control that has the focus.
function redraw(box, ...content) {
	const name = (e) => `${e.tagName} ${e.dataset.name ?? e.textContent}`;
	const open = new Set([...box.querySelectorAll('details[open]')].map(name));
	const focused = box.contains(root.activeElement) && name(root.activeElement);
	const top = box.scrollTop;
	box.replaceChildren(...nodes(content));
	for (const e of box.querySelectorAll('details')) e.open ||= open.has(name(e));
	box.scrollTop = top;
	if (focused === false) return;
	const controls = [...box.querySelectorAll('a, button, summary')];
	(controls.find((e) => name(e) === focused) ?? controls[0])?.focus({ preventScroll: true });
}

// ---- places in the sources

// where writes a place as the terminal does.
const where = (p) => [p.path, p.line, p.line && p.column].filter(Boolean).join(':');

// placeControl opens a place in the editor, or copies it where none is known.
function placeControl(p, text = where(p)) {
	const label = text === where(p) ? {} : { 'aria-label': `${text}, ${where(p)}` };
	if (state.editor) return h('a.place', { href: editorAddress(p), title: 'Open in the editor', ...label }, visible(String(text)));
	return h('button.place', { type: 'button', title: 'Copy the place', click: () => copy(where(p)), ...label }, visible(String(text)));
}

function editorAddress(p) {
	const path = `${state.root}/${p.path}`.split('/').map(encodeURIComponent).join('/').replaceAll('%3A', ':');
	const values = { path, line: p.line || 1, column: p.column || 1 };
	return state.editor.replace(/\{(path|line|column)\}/g, (_, key) => values[key]);
}

async function copy(text) {
	try {
		await navigator.clipboard.writeText(text);
		say(`Copied ${text}`, true);
	} catch {
		say(text, true); // a browser lets pages copy on loopback and over TLS only
	}
}

// ---- findings

function finding(f) {
	return h(`article.finding.${f.severity}`, null,
		h('p.where', null, placeControl(f)),
		h('p', null, h('strong', null, f.severity), ` ${visible(f.message)} `, h('code', null, f.code)),
		excerpt(f),
		f.hint && h('p.hint', null, h('strong', null, 'hint'), ` ${visible(f.hint)}`),
		(f.related ?? []).map((r) => h('p.related', null, placeControl(r), ` ${visible(r.message)}`)));
}

// excerpt is the line of a place as the terminal shows it: of a long one what
// stands around the place, which is marked itself. Columns are code points.
function excerpt(p) {
	if (!p.source) return null;
	const line = [...p.source];
	const at = Math.min(Math.max((p.column ?? 1) - 1, 0), line.length);
	const from = at > 80 ? at - 40 : 0;
	const to = Math.min(line.length, from + 120);
	const end = p.column ? Math.min(to, at + Math.max(1, p.width ?? 1)) : at;
	const cut = (a, b) => visible(line.slice(a, b).join(''));
	return h('pre', null, h('span.number', null, p.line), h('code', null,
		from > 0 && '…', cut(from, at), p.column && h('mark', null, cut(at, end) || ' '), cut(end, to), to < line.length && '…'));
}

const closer = (text, click) => h('button.close', { type: 'button', click, 'aria-label': text, title: `${text} (Esc)` }, '✕');

// drawErrors shows the errors that concern this page over it. Once dismissed
// they stay away until they are others.
function drawErrors() {
	const list = errorsOf(state);
	const set = list.map((f) => [where(f), f.code, f.message].join(' ')).join('\n');
	if (memory.get('dismissed') !== set) memory.set('dismissed', '');
	const show = state.concerned && list.length > 0 && memory.get('dismissed') !== set && panel.hidden;
	if (!show) return hideErrors();
	redraw(errors,
		h('header', null,
			h('h2', null, count(state.errors, 'error')),
			state.stale && h('p', null, 'You are looking at the last good version of this page.'),
			closer('Dismiss', dismiss)),
		list.map(finding), more());
	if (errors.hidden) say(`${count(state.errors, 'error')}. ${visible(list[0].message)}`);
	errors.hidden = false;

	function dismiss() {
		memory.set('dismissed', set);
		drawErrors();
	}
}

function hideErrors() {
	if (errors.hidden) return;
	if (errors.contains(root.activeElement)) badge.focus();
	errors.hidden = true;
	errors.replaceChildren();
	if (state.errors === 0) say('The errors are mended');
}

// errorsOf lists the errors, those of the page's own source first.
function errorsOf({ findings, source }) {
	const list = findings.filter((f) => f.severity === 'error');
	return [...list.filter((f) => f.path === source), ...list.filter((f) => f.path !== source)];
}

const more = () => state.more > 0 && h('p', null, `and ${count(state.more, 'more error')}`);

// drawBadge says in the corner what is wrong now; with nothing to say it is
// only the plumb.
function drawBadge() {
	const warnings = state?.findings.filter((f) => f.severity === 'warning' && f.path === state.source).length;
	let [kind, text] = ['', ''];
	if (failures > 1) [kind, text] = ['gone', 'Preview stopped; start plumb serve again'];
	else if (state?.errors) [kind, text] = ['error', count(state.errors, 'error') + (state.concerned ? '' : ' in the site')];
	else if (warnings) [kind, text] = ['warning', count(warnings, 'warning')];
	if (badge.childElementCount && badge.dataset.text === text) return;
	badge.dataset.text = text;
	badge.className = `badge ${kind}`;
	badge.replaceChildren(bob(), h(text ? 'span' : 'span.unseen', null, text || 'Preview'));
	if (text) say(text);
}

// bob is the plumb of the site's header.
function bob() {
	const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
	const path = document.createElementNS(svg.namespaceURI, 'path');
	svg.setAttribute('viewBox', '0 0 14 24');
	svg.setAttribute('aria-hidden', 'true');
	path.setAttribute('d', 'M6.4 0h1.2v8H9v2c2 .4 3 1.6 3 3 0 3.5-3.5 6.5-5 11-1.5-4.5-5-7.5-5-11 0-1.4 1-2.6 3-3V8h1.4z');
	svg.append(path);
	return svg;
}

// ---- marks

// mark shows for a moment what changed: the smallest blocks, at most twelve.
// Until one of them is in view, it says where the first one is.
function mark(changed) {
	const all = new Set([...changed].map(blockOf).filter(Boolean));
	const outer = new Set();
	for (const e of all) {
		for (let up = e.parentElement; up && !outer.has(up); up = up.parentElement) outer.add(up);
	}
	const blocks = [...all].filter((e) => !outer.has(e)).slice(0, 12);
	const ways = blocks.map(wayTo);
	looked.disconnect();
	away.hidden = blocks.length === 0 || ways.includes('');
	flash(blocks);
	if (away.hidden) return;
	away.textContent = `Changed ${ways[0]}`;
	away.onclick = () => {
		badge.focus();
		blocks[0].scrollIntoView({ block: 'center', behavior: 'instant' });
		flash(blocks);
	};
	blocks.forEach((e) => looked.observe(e));
}

const looked = new IntersectionObserver((seen) => {
	if (seen.some((one) => one.isIntersecting)) away.hidden = true;
});

function flash(blocks) {
	layer.querySelectorAll('.change').forEach((box) => box.remove());
	for (const e of blocks) {
		const box = outline(e, 'change');
		setTimeout(() => box.remove(), 1600);
	}
}

// outline draws a box over an element, in the tool's own tree.
function outline(e, name) {
	const from = layer.getBoundingClientRect();
	const to = e.getBoundingClientRect();
	const box = h(`div.${name}`);
	box.style.left = `${to.left - from.left}px`;
	box.style.top = `${to.top - from.top}px`;
	box.style.width = `${to.width}px`;
	box.style.height = `${to.height}px`;
	layer.append(box);
	return box;
}

// blockOf returns the innermost block around a place that is seen; null for
// what is not in the page's body.
function blockOf(e) {
	if (!document.body.contains(e)) return null;
	while (e !== document.body && (!e.checkVisibility() || /^(inline|contents)$/.test(getComputedStyle(e).display))) e = e.parentElement;
	return e === document.body ? null : e;
}

function wayTo(e) {
	const { top, bottom } = e.getBoundingClientRect();
	if (bottom <= 0) return 'above ↑';
	return top >= innerHeight ? 'below ↓' : '';
}
