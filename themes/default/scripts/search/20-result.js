// A result as a reader sees it. All text comes from the index and the query, and
// is text: nothing of it is ever read as markup.
const stops = ['make-it-for-less', 'lean-less', 'middle', 'lean-more', 'sell-it-for-more'];
const sides = ['less', 'less', 'middle', 'more', 'more'];

// placed are the attributes of an element that stands at a place on the line.
function placed(at) {
	if (typeof at !== 'number') return {};
	const stop = Math.min(Math.trunc((at + 12) / 25), 4);
	return { 'data-stop': stops[stop], 'data-side': sides[stop] };
}

// marked is a text with what was found in it marked, in one line.
function marked(text, marks = []) {
	const part = (from, to) => text.slice(from, to).replaceAll('\n', ' · ');
	let end = 0;
	const out = marks.flatMap(([from, to]) => {
		const before = part(end, from);
		end = to;
		return [before, make('mark', {}, part(from, to))];
	});
	return [...out, part(end)];
}

// A part of an address as the site's own links have it.
const escapePart = (part) => encodeURIComponent(part).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

// hrefOf leads to the very entry; on the page that is open it keeps the page's
// query, so that nothing is loaded again.
function hrefOf({ url, anchor }) {
	const page = plumb.root + url.split('/').map(escapePart).join('/');
	const hash = anchor ? `#${escapePart(anchor)}` : '';
	return pathOf(page) === here && hash ? location.pathname + location.search + hash : page + hash;
}

const titleOfRole = (id) => plumb.search.roles.find(([known]) => known === id)?.[1] ?? id;

// drawResult puts a result into an element: its name (in a link where it is given
// one), what it is and whose, its playbook and place, what is said there.
function drawResult(element, result, link) {
	const { kind, role, title, at, place, head, body, marks } = result;
	const own = result.lang ? { lang: result.lang, dir: 'auto' } : {};
	const name = head ? marked(head, marks.head) : marked(title, marks.title);
	if (link) link.append(...name);
	const about = [word(`find.kind.${kind}`), role && make('bdi', {}, titleOfRole(role)), head && head !== title && make('bdi', own, ...marked(title, marks.title)), place];
	element.append(
		make('p', { class: 'name', ...own }, ...(link ? [link] : name)),
		...(typeof at === 'number' ? [make('span', { class: `mini t${Math.trunc(at / 10)} u${at % 10}` })] : []),
		make('p', { class: 'place' }, ...about.filter((e) => e).flatMap((e, i) => (i > 0 ? [' · ', e] : [e]))),
		...(body ? [make('p', { class: 'text', ...own }, ...marked(body, marks.body))] : []),
	);
	return element;
}

// isMended tells whether a word was taken for another one. What is met in part only
// is understood as itself.
const isMended = ({ text, how, as: [other] }) => how === 'typo' && Boolean(other) && text.localeCompare(other, undefined, { sensitivity: 'base' }) !== 0;

// notesOf says what a reader should know of an answer besides its count: words
// that were mended or are nowhere, that no result has all of them, that nothing is
// for the reader's own role. The last is a link to what others have of it.
function notesOf({ total, whole, words, facets }, { text, roles = [] }) {
	const notes = [];
	if (words.some(isMended)) {
		const known = words.filter(({ how }) => how !== 'none');
		notes.push(phrase('find.mended', quoted(known.map((w) => (isMended(w) ? w.as[0] : w.text)).join(' '))));
	}
	const missing = words.filter(({ how }) => how === 'none').map((w) => w.text);
	if (total > 0 && missing.length > 0) notes.push(phrase('find.missing', quoted(missing.join(' '))));
	else if (total > 0 && whole === 0 && words.length > 1) notes.push(word('find.some'));
	const [id, count] = Object.entries(facets.roles).sort(([, a], [, b]) => b - a)[0] ?? [];
	if (plumb.role.id && roles.length === 0 && count > 0 && !facets.roles[plumb.role.id]) {
		notes.push(make('a', { href: searchURL({ q: text.trim(), for: id }), 'data-for': id }, phrase('find.others', plumb.role.title, count, titleOfRole(id))));
	}
	return notes;
}

// countOf says how much was found.
const countOf = ({ total }, text) => (total > 0 ? word('find.total', total) : phrase('find.none', quoted(text)));

const textOf = (notes) => notes.map((note) => note.textContent ?? note);
const drawNotes = (notes) => notes.map((note) => make('p', { class: 'detail' }, note));
