// The panel for the author of a page: what is wrong in its file, what Plumb
// understood of it, and the line of source behind what stands on the page.

let inspection = null; // what the server understood of the page's source
let inspected = null; // the state that it belongs to

function openPanel(open) {
	if (!open && panel.contains(root.activeElement)) badge.focus();
	panel.hidden = !open;
	frame.classList.toggle('open', open);
	badge.setAttribute('aria-expanded', String(open));
	memory.set('panel', open);
	if (!state) return;
	drawErrors();
	drawPanel();
	inspect();
}

// inspect asks for what is understood of the page, if that is looked at.
async function inspect() {
	const now = state;
	if (inspected === now || (panel.hidden && !pointing())) return;
	inspected = now;
	let answer = null;
	if (now.source) {
		try {
			const response = await fetch(`/.plumb/inspect?page=${encodeURIComponent(page)}`);
			if (response.ok) answer = await response.json();
		} catch {
			// the server is gone; the badge says so
		}
	}
	if (inspected !== now) return;
	inspection = answer;
	drawPanel();
	placeLines();
}

function drawPanel() {
	if (panel.hidden) return;
	redraw(panel,
		h('header', null,
			h('h2', null, state.source ? placeControl({ path: state.source }) : 'This page has no source of its own'),
			closer('Close', () => openPanel(false))),
		h('p.line', null, visible(state.line)),
		(state.source || document.querySelector('[data-path]')) && linesButton(),
		state.stale && h('p', null, 'You are looking at the last good version of this page.'),
		state.draft && h('p', null, 'This page is a draft: it is not published.'),
		h('section', null, h('h3', null, 'Findings'), findingsOfPage(), h('p', null, h('a', { href: '/desk/index.html' }, 'The desk'), ' shows the whole site.')),
		inspection && [understood(inspection), reading(inspection)]);
}

function findingsOfPage() {
	const others = state.findings.filter((f) => f.severity !== 'error');
	const list = [...errorsOf(state), ...others];
	if (list.length === 0) return h('p', null, state.source ? 'None in this file, no error in the site.' : 'No error in the site.');
	return [list.map(finding), more()];
}

// ---- what Plumb understood

function understood(i) {
	const facts = [
		['Title', i.title],
		['Position', i.position == null ? '' : `${i.position} of 100`],
		['Segments', (i.segments ?? []).join(', ')],
	];
	return h('section', null,
		h('h3', null, 'Understood'),
		terms(facts.filter(([, value]) => value)),
		(i.sections ?? []).map(section),
		i.prose && fold('prose', 'Stayed prose', 'in no section', h('p.prose', null, visible(i.prose))));
}

const terms = (list) => list.length > 0 && h('dl', null, list.map(([name, value]) => h('div', null, h('dt', null, visible(name)), h('dd', null, value))));

function fold(name, title, note, ...content) {
	return h('details', { 'data-name': name }, h('summary', null, visible(title), h('small', null, ` ${note}`)), content);
}

const words = (id) => id.replaceAll('-', ' ').replace(/^./, (c) => c.toUpperCase());

function section(s) {
	const has = [[s.entries, 'entry', 'entries'], [s.fields, 'field'], [s.tasks, 'task'], [s.prose, 'passage']];
	const note = has.filter(([list]) => list?.length).map(([list, ...what]) => count(list.length, ...what)).join(', ');
	return fold(s.kind, words(s.kind), note,
		h('p.from', null, `from the heading ${s.headings.map((t) => `“${visible(t)}”`).join(', ')}`),
		s.statement && h('p', null, visible(s.statement)),
		fields(s.fields),
		s.entries?.length && h('ul', null, s.entries.map(entry)),
		tasks(s.tasks ?? []),
		s.prose?.length && [h('h4', null, 'Stayed prose'), s.prose.map((text) => h('p.prose', null, visible(text)))]);
}

function fields(list) {
	return terms((list ?? []).map((f) => [f.label || f.field, [
		f.missing ? h('em', null, 'missing') : visible(f.text),
		h('small', null, f.field ? ` ${f.field}` : ' not a known field'),
	]]));
}

function entry(e) {
	const notes = [e.part, e.kind, e.side, e.share, e.role && `measures ${e.role}`].filter(Boolean);
	return h('li', null, h('strong', null, visible(e.name)), h('small', null, ` ${visible(notes.join(' · '))}`),
		fields(e.fields), e.text && h('p', null, visible(e.text)));
}

function tasks(list) {
	const roles = Map.groupBy(list, (t) => t.role || 'everyone');
	return [...roles].map(([role, own]) => [h('h4', null, words(role)), h('ol', null, own.map((t) =>
		h('li', null, visible(t.text), h('small', null, ` ${visible([t.group, ...(t.refs ?? [])].filter(Boolean).join(' · '))}`))))]);
}

function reading(i) {
	const line = (r) => h('tr', null,
		h('td', null, placeControl({ path: i.path, line: r.line }, r.line)),
		h('td', null, visible(r.text), h('small', null, ` ${r.construct}`)),
		h('td', null, visible(r.as), r.columns?.length && h('small', null, ` ${r.columns.join(', ')}`)));
	const head = h('tr', null, ['Line', 'Text', 'Taken for'].map((text) => h('th', { scope: 'col' }, text)));
	return h('section', null,
		h('h3', null, 'Line by line'),
		h('table', null, h('thead', null, head), h('tbody', null, i.reading.map(line))));
}

// ---- source lines

// lines are shown while the button in the panel is pressed or Alt is held: what
// the pointer or the focus is on gets its place, a click opens or copies it.
const lines = { pressed: false, held: false, at: null, list: [] };

const pointing = () => lines.pressed || lines.held;

function linesButton() {
	return h('p.lines', null,
		h('button', { type: 'button', 'aria-pressed': String(lines.pressed), 'data-name': 'lines', click: () => point({ pressed: !lines.pressed }) }, 'Source lines'),
		h('small', null, ' of what is clicked on the page; or hold Alt'));
}

function point(how) {
	Object.assign(lines, how);
	panel.querySelector('[data-name=lines]')?.setAttribute('aria-pressed', String(lines.pressed));
	if (state) inspect();
	placeLines();
}

// placeLines finds the elements whose place in the source is known.
function placeLines() {
	const found = (inspection?.places ?? []).map((p) => ({ ...p, path: inspection.path, element: document.getElementById(p.id) }));
	lines.list = found.filter((p) => p.element).sort((a, b) => (follows(a.element, b.element) ? -1 : 1));
	drawLine(lines.at);
}

const follows = (a, b) => Boolean(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING);

// placeOf returns the place of the innermost element around e that has one, else of
// the last one before it; what stands above them all comes from the front matter.
function placeOf(e) {
	const main = document.querySelector('main') ?? document.body;
	const named = e?.closest?.('[data-line]'); // the desk says the place of each finding
	if (named) return { path: named.closest('[data-path]').dataset.path, line: Number(named.dataset.line) || 1, element: named };
	if (!inspection || !e || !main.contains(e)) return null;
	const top = { path: inspection.path, line: 1, element: main.querySelector('h1') ?? main };
	return lines.list.findLast((p) => p.element.contains(e)) ?? lines.list.findLast((p) => follows(p.element, e)) ?? top;
}

function drawLine(e) {
	lines.at = e;
	layer.querySelectorAll('.source').forEach((box) => box.remove());
	const p = pointing() && placeOf(e);
	if (p) outline(p.element, 'source').append(h('span', null, visible(`${p.path}:${p.line}`)));
}

// clickLine takes a click on the page for one on the place of what is clicked.
function clickLine(event) {
	const p = pointing() && !event.composedPath().includes(host) && placeOf(event.target);
	if (!p) return;
	event.preventDefault();
	event.stopImmediatePropagation();
	if (state.editor) location.assign(editorAddress(p));
	else copy(`${p.path}:${p.line}`);
}

function watchLines() {
	addEventListener('pointermove', (event) => {
		if (event.target === lines.at) return;
		if (pointing()) drawLine(event.target);
		else lines.at = event.target;
	}, { passive: true });
	addEventListener('focusin', (event) => pointing() && drawLine(event.target));
	addEventListener('click', clickLine, { capture: true });
	addEventListener('keydown', (event) => event.key === 'Alt' && !event.repeat && point({ held: true }));
	addEventListener('keyup', (event) => event.key === 'Alt' && point({ held: false }));
	addEventListener('blur', () => lines.held && point({ held: false }));
}
