// The page changed in place: from one version of the server's to the next, node
// by node, so that what a reader has opened, typed, chosen and focused stays.
//
// The base is the page as the server sent it. Its nodes know their counterparts
// in the window. What a script of the site has added has none and is left
// alone, and of attributes only those are set that differ between two versions
// of the server's.

const live = new WeakMap();

const parse = (text) => new DOMParser().parseFromString(text, 'text/html');

function pair(now, old) {
	live.set(old, now);
	if (now.isEqualNode(old)) {
		now.childNodes.forEach((child, i) => pair(child, old.childNodes[i]));
	} else {
		align([...now.childNodes], [...old.childNodes]).forEach((a, b) => pair(a, b));
	}
}

// align finds for nodes of a new list their counterparts of an old one: from
// both ends what is equal; of the rest those with the same id, the same
// content, and at last the same name.
function align(old, next) {
	const pairs = new Map();
	let start = 0;
	let a = old.length;
	let b = next.length;
	while (start < a && start < b && old[start].isEqualNode(next[start])) pairs.set(next[start], old[start++]);
	while (start < a && start < b && old[a - 1].isEqualNode(next[b - 1])) pairs.set(next[--b], old[--a]);
	const left = new Set(old.slice(start, a));
	for (const key of [byID, byContent, byName]) {
		const rest = next.slice(start, b).filter((n) => !pairs.has(n));
		if (left.size === 0 || rest.length === 0) break;
		const lists = Map.groupBy(left, key);
		lists.forEach((list) => list.reverse());
		for (const n of rest) {
			const k = key(n);
			const found = k && lists.get(k)?.pop();
			if (!found) continue;
			pairs.set(n, found);
			left.delete(found);
		}
	}
	return pairs;
}

// Nodes with the same key are counterparts, in their order; none has the key ''.
// Keys and not comparisons: thousands of nodes may have changed.
const byID = (n) => (n.id ? `${n.nodeName} ${n.id}` : '');
const byContent = (n) => `${n.nodeName} ${n.outerHTML ?? n.data}`;
const byName = (n) => (['SCRIPT', 'TEMPLATE'].includes(n.nodeName) ? '' : n.nodeName);

// loads lists what takes effect by being loaded, not by being there.
const loads = (doc) => [...doc.querySelectorAll('script, style, base, link[rel~="stylesheet"]')].map((e) => e.outerHTML).join('\n');

// morph makes the window show another version of the page than that of the base,
// and returns the elements that changed. It throws where only a reload can do that.
function morph(base, text) {
	const next = parse(text);
	if (loads(next) !== loads(base)) throw new Error('other scripts or style sheets');
	const changed = new Set();
	const hold = holdPlace();
	const focused = document.activeElement;
	patch(base.documentElement, next.documentElement, changed);
	if (!base.documentElement.isEqualNode(parse(text).documentElement)) throw new Error('not the same');
	if (focused !== document.activeElement && focused?.isConnected) focused.focus({ preventScroll: true });
	hold();
	return changed;
}

// patch changes a node of the base, and its counterpart with it.
function patch(old, next, changed) {
	if (old.isEqualNode(next)) return;
	const now = live.get(old);
	if (!now?.isConnected) throw new Error('a script has replaced what changed');
	if (old.nodeType !== Node.ELEMENT_NODE) {
		old.data = now.data = next.data;
		changed.add(now.parentElement);
		return;
	}
	if (patchAttributes(old, next, now)) changed.add(now);
	patchChildren(old, next, now, changed);
}

function patchAttributes(old, next, now) {
	let differs = false;
	const names = new Set([...old.getAttributeNames(), ...next.getAttributeNames()]);
	for (const name of names) {
		const value = next.getAttribute(name);
		if (old.getAttribute(name) === value) continue;
		if (name === 'class') patchClass(old, next, now);
		else setAttribute(now, name, next);
		setAttribute(old, name, next);
		differs ||= name !== 'id';
	}
	return differs;
}

function setAttribute(e, name, from) {
	const a = from.getAttributeNode(name);
	if (a) e.setAttributeNS(a.namespaceURI, name, a.value);
	else e.removeAttribute(name);
}

function patchClass(old, next, now) {
	now.classList.remove(...[...old.classList].filter((c) => !next.classList.contains(c)));
	now.classList.add(...[...next.classList].filter((c) => !old.classList.contains(c)));
}

function patchChildren(old, next, now, changed) {
	const list = [...next.childNodes];
	const pairs = align([...old.childNodes], list);
	const kept = new Set(pairs.values());
	for (const gone of [...old.childNodes].filter((c) => !kept.has(c))) {
		live.get(gone)?.remove();
		gone.remove();
		if (gone.data?.trim() !== '') changed.add(now);
	}
	let before = null;
	for (const child of list) {
		const match = pairs.get(child);
		const at = before ? before.nextSibling : old.firstChild;
		if (!match) insert(child, old, at, now, before, changed);
		else if (match !== at) place(match, old, at, now, before, changed);
		if (match) patch(match, child, changed);
		before = match ?? child;
	}
}

// insert moves a new node into the base and a copy of it into the window.
function insert(child, old, at, now, before, changed) {
	const copy = document.importNode(child, true);
	pair(copy, child);
	place(child, old, at, now, before, changed);
}

function place(child, old, at, now, before, changed) {
	old.insertBefore(child, at);
	const node = live.get(child);
	const after = before && live.get(before);
	if (!node || (after && after.parentNode !== now)) throw new Error('a script has moved what changed');
	const next = after ? after.nextSibling : now.firstChild;
	if (node.isConnected && now.moveBefore) now.moveBefore(node, next);
	else now.insertBefore(node, next);
	if (node.nodeType === Node.ELEMENT_NODE) changed.add(node);
	else if (node.data.trim() !== '') changed.add(now);
}

// holdPlace notes what stands at the top of the window and returns a
// function that brings it back there.
function holdPlace() {
	if (scrollY <= 0) return () => {};
	const seen = [];
	for (let e = document.body; e; e = [...e.children].find(reachesView)) seen.unshift(e);
	const [first, ...around] = seen;
	const siblings = [...(first.parentElement?.children ?? [])];
	const after = siblings.slice(siblings.indexOf(first) + 1);
	const tops = [first, ...after, ...around].map((e) => [e, e.getBoundingClientRect().top]);
	return () => {
		const [e, top] = tops.find(([e]) => e.isConnected) ?? [document.body, 0];
		const by = e.getBoundingClientRect().top - top;
		if (Math.abs(by) >= 1) scrollBy({ top: by, behavior: 'instant' });
	};
}

function reachesView(e) {
	const { bottom, height } = e.getBoundingClientRect();
	return height > 0 && bottom > 1 && !/fixed|sticky/.test(getComputedStyle(e).position);
}
