// Two playbooks side by side. The page comes with the two ends of the line
// compared; here any other pair is, by the same rules and with the same words, from
// the scripts of the two playbooks. The generator's render/compare.go makes the
// same document.
(() => {
	'use strict';
	const box = document.querySelector('.comparison');
	if (!box || !self.plumb?.root) return;
	const html = document.documentElement;
	const selects = ['a', 'b'].map((id) => document.getElementById(`page:${id}`));
	const swap = document.querySelector('[data-does=swap]');
	const status = document.querySelector('.compared');
	const words = JSON.parse(box.dataset.words);
	const word = (key, ...texts) => words[key].replace(/%s/g, () => texts.shift());
	const title = document.title;

	// make makes an element; attributes and children that are empty are left out.
	function make(tag, attributes, ...children) {
		const e = document.createElement(tag);
		for (const [name, value] of Object.entries(attributes)) {
			if (value) e.setAttribute(name, value);
		}
		e.append(...children.flat().filter((c) => c));
		return e;
	}

	// Data comes from scripts that call plumb.take: a page on disk may load nothing
	// else.
	const loads = new Map();
	const takers = new Map();
	plumb.take = (name, value) => takers.get(name)?.(value);
	// A part of an address as the site's own links have it.
	const escapePart = (part) => encodeURIComponent(part).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
	function load(name) {
		if (loads.has(name)) return loads.get(name);
		const path = name.replace(/\.html$/, '').split('/').map(escapePart).join('/');
		const loaded = new Promise((resolve, reject) => {
			takers.set(name, resolve);
			const script = make('script', { src: `${plumb.root}data/${path}.js` });
			script.onload = script.onerror = () => reject(new Error(name)); // of no effect once it is taken
			document.head.append(script);
		});
		loads.set(name, loaded);
		loaded.catch(() => loads.delete(name)); // so that it can be tried again
		return loaded;
	}

	// keyed is the first thing of each key.
	function keyed(list) {
		const out = new Map();
		for (const x of list) {
			if (x.key && !out.has(x.key)) out.set(x.key, x);
		}
		return out;
	}

	const change = (was, is) => (was === is || !was || !is ? is || was : `${was} → ${is}`);

	// split is what only one of two lists has and what both have, in the words of
	// the second.
	function split(listA, listB) {
		const [a, b] = [keyed(listA), keyed(listB)];
		const only = (one, other) => [...one.values()].filter((x) => !other.has(x.key));
		const both = [...b.values()].filter((x) => a.has(x.key));
		return [only(a, b), only(b, a), both.map((x) => ({ ...x, detail: change(a.get(x.key).detail, x.detail) }))];
	}

	// tasksOf are a role's tasks with those that are everyone's.
	const tasksOf = (p, role) => p.tasks.filter((t) => !t.role || t.role === role)
		.map((t) => ({ key: t.key, name: t.text, detail: t.group, of: p }));

	// rolesOf are the roles with tasks of their own in either playbook: those of
	// both, of the first, of the second; and everyone else where some tasks are
	// nobody's in particular.
	function rolesOf(a, b) {
		const shared = a.roles.filter((role) => b.roles.some(({ id }) => id === role.id));
		const out = [...new Map([...shared, ...a.roles, ...b.roles].map((role) => [role.id, role])).values()];
		if ([...a.tasks, ...b.tasks].some((t) => !t.role)) out.push({ id: '', title: words[out.length > 0 ? 'others' : 'everyone'] });
		return out;
	}

	// What a playbook has of one kind.
	const kinds = {
		buyers: (p) => p.buyers.map((x) => [x.key, x.name, x.part]),
		'support-processes': (p) => p.processes.map((x) => [x.key, x.name, x.answer_within]),
		metrics: (p) => p.metrics.map((x) => [x.key, x.name, x.target]),
		people: ({ people }) => [
			...['hire', 'pay', 'train'].filter((k) => people[k]).map((k) => [k + people[k], words[k], people[k]]),
			...(people.other ?? []).map((x) => [x.label + x.text, x.label, x.text]),
		],
	};
	const things = (p, kind) => kinds[kind](p).map(([key, name, detail]) => ({ key, name, detail, of: p }));

	const place = (p) => ({ 'data-stop': p.position.stop, 'data-side': p.position.side });
	const foreign = (p) => (p.lang === html.lang ? {} : { lang: p.lang, dir: p.dir });
	const mark = () => make('span', { class: 'mark' });

	function third(name, p, heading, list, none) {
		return make('section', { class: name, ...(p && place(p)) },
			make('h3', {}, heading, ' ', make('span', { class: 'count' }, String(list.length))),
			list.length === 0 ? make('p', { class: 'none' }, none)
				: make('ul', {}, list.map((x) => make('li', foreign(x.of), x.name, x.detail && [' ', make('span', { class: 'detail' }, x.detail)]))));
	}

	function side(key, p) {
		return make('section', place(p),
			make('p', { class: 'end' }, words[key]),
			make('h2', {}, make('a', { href: (box.dataset.up ?? '') + p.url, ...foreign(p) }, p.title)),
			[p.status !== 'live' && p.status, p.illustrative && 'illustrative'].map((t) => t && make('em', { class: 'tag' }, words[t])),
			make('p', { class: 'place' }, mark(), make('bdi', {}, p.position.label), p.segments.map((s) => ` · ${s.title}`)),
			p.statement.text && make('p', { class: 'pitch', ...foreign(p) }, p.statement.text),
			make('p', { class: 'stance' }, p.stance));
	}

	function moves(a, b, role) {
		const [was, is] = [tasksOf(a, role.id), tasksOf(b, role.id)];
		const heading = make('h2', {}, role.title);
		if (was.length + is.length === 0) return make('section', { class: 'moves', 'data-role': role.id }, heading, make('p', { class: 'none' }, words.neither));
		const [stop, start, keep] = split(was, is);
		const idle = (p, tasks) => (tasks.length ? words.nothing : word('no-tasks', p.title));
		return make('section', { class: 'moves', 'data-role': role.id }, heading, make('div', { class: 'thirds' },
			third('gone', a, words.stop, stop, idle(a, was)),
			third('come', b, words.start, start, idle(b, is)),
			was.length > 0 && is.length > 0 && third('both', null, words.keep, keep, words.nothing)));
	}

	// The chosen role stands first, the others can be opened below it.
	function roles(a, b) {
		const all = rolesOf(a, b);
		const chosen = html.dataset.role;
		if (!chosen) return all.map((role) => moves(a, b, role));
		const first = all.find((role) => role.id === chosen) ?? { id: chosen, title: plumb.findRole?.(chosen)?.title ?? chosen };
		const rest = all.filter((role) => role.id !== chosen);
		return [
			moves(a, b, first),
			rest.length > 0 && make('details', { class: 'others' },
				make('summary', {}, words.more, ' ', make('span', { class: 'count' }, String(rest.length))),
				rest.map((role) => moves(a, b, role))),
		];
	}

	function differ(a, b, kind) {
		const [onlyA, onlyB, both] = split(things(a, kind), things(b, kind));
		return onlyA.length + onlyB.length + both.length > 0 && make('section', { class: 'differ', 'data-kind': kind },
			make('h2', {}, words[`section.${kind}`]),
			make('div', { class: 'thirds' },
				onlyA.length > 0 && third('gone', a, word('only', a.title), onlyA),
				onlyB.length > 0 && third('come', b, word('only', b.title), onlyB),
				both.length > 0 && third('both', null, words.both, both)));
	}

	function comparison(a, b) {
		return [
			make('div', { class: 'between', 'aria-hidden': 'true' }, [a, b].map((p) => make('span', { class: `at t${Math.trunc(p.position.value / 10)} u${p.position.value % 10}`, ...place(p) }, mark()))),
			make('div', { class: 'sides' }, side('from', a), side('to', b)),
			...roles(a, b),
			...Object.keys(kinds).map((kind) => differ(a, b, kind)),
		].filter((e) => e);
	}

	// The two playbooks that are chosen, as paths; '' where one has to be.
	const chosen = ['', ''];
	let list; // what there is to choose from
	const listed = new Map();

	// A large site's list comes in parts, so that a path may be one of a part
	// that is not here yet.
	const isPath = (path) => path.startsWith('playbooks/') && path.endsWith('.html') && !path.split('/').some((part) => /^\.{0,2}$/.test(part));
	const isKnown = (path) => listed.has(path) || (Boolean(list.parts) && isPath(path));

	const choiceOf = (p) => [p.path, p.title, p.position.value];
	const option = ([path, text, at]) => make('option', { value: path }, `${at} · ${text}`);

	// offer puts groups of playbooks into a select, behind an entry for none.
	function offer(select, groups) {
		for (const choice of groups.flatMap((group) => group[1])) listed.set(choice[0], choice);
		const none = make('option', { hidden: 'hidden' }, words.pick);
		none.value = '';
		select.replaceChildren(none, ...groups.map(([label, choices]) => make('optgroup', { label }, choices.map(option))));
		select.value = '';
	}

	// pick shows in a select what is chosen, also what is in none of its groups.
	function pick(select, choice) {
		if (![...select.options].some((o) => o.value === choice[0])) select.firstChild.after(option(choice));
		select.value = choice[0];
	}

	// stretches lets a reader of a large site choose a part of the list first.
	function stretches(select, i) {
		const parts = make('select', { 'aria-label': `${words.stretch}: ${words[['from', 'to'][i]]}` }, make('option', {}, words.stretch),
			list.parts.map((label, n) => make('option', { value: String(n) }, label)));
		parts.onchange = async () => {
			if (!list.parts[parts.value]) return; // the entry that says what this is
			try {
				const { groups } = await load(`playbooks-${parts.value}`);
				offer(select, groups);
				if (chosen[i]) pick(select, choiceOf(await load(chosen[i])));
			} catch {
				status.textContent = words.failed;
			}
		};
		select.before(parts, ' ');
	}

	function message(text) {
		box.replaceChildren(make('p', { class: 'empty' }, text));
		box.removeAttribute('aria-busy');
		status.textContent = text;
	}

	// show compares what is chosen, and says so unless that is no news.
	async function show(isNews) {
		const wanted = [...chosen];
		const models = await Promise.all(wanted.map((path) => isKnown(path) && load(path).catch(() => null)));
		if (wanted.some((path, i) => path !== chosen[i])) return; // another choice was faster
		models.forEach((p, i) => {
			if (p) pick(selects[i], choiceOf(p));
			else chosen[i] = selects[i].value = '';
		});
		const lost = wanted.find((path, i) => !models[i]);
		if (lost !== undefined) {
			message(words[lost === '' ? 'pick' : listed.has(lost) ? 'failed' : 'unknown']);
			return;
		}
		const [a, b] = models;
		box.replaceChildren(...comparison(a, b));
		box.removeAttribute('aria-busy');
		box.dispatchEvent(new CustomEvent('plumb:compared', { detail: models })); // the desk counts what is the same
		document.title = `${a.title} → ${b.title} · ${title}`;
		if (isNews) status.textContent = word('said', a.title, b.title);
		follow();
	}

	// follow writes what is compared into the page's address.
	function follow() {
		const query = new URLSearchParams(location.search);
		query.delete('a');
		query.delete('b');
		const rest = String(query);
		const [a, b] = chosen.map((path) => encodeURIComponent(path).replaceAll('%2F', '/'));
		try {
			history.replaceState(history.state, '', `?a=${a}&b=${b}${rest && '&'}${rest}`);
		} catch {
			// Some browsers forbid it to a page on disk.
		}
	}

	// partner returns the end of the line that is the farther from a playbook.
	async function partner(path) {
		const [first, last] = list.ends;
		const at = isKnown(path) ? (await load(path).catch(() => null))?.position.value : undefined;
		const isLate = Math.abs(at - first[2]) > Math.abs(at - last[2]);
		return (isLate ? first[0] !== path : last[0] === path) ? first[0] : last[0];
	}

	// ready lets a reader choose.
	function ready(select, i) {
		offer(select, list.groups ?? []);
		if (list.parts) stretches(select, i);
		select.onchange = () => {
			chosen[i] = select.value;
			show(true);
		};
		select.disabled = false;
	}

	async function start() {
		const query = new URLSearchParams(location.search);
		const asked = [query.get('a'), query.get('b')];
		const isAsked = asked.some((path) => path !== null);
		if (isAsked) box.setAttribute('aria-busy', 'true');
		list = await load('playbooks');
		for (const choice of list.ends) listed.set(choice[0], choice);
		selects.forEach(ready);
		swap.onclick = () => {
			chosen.reverse();
			show(true);
		};
		swap.disabled = false;
		for (const [i, path] of asked.entries()) {
			chosen[i] = path ?? (isAsked ? await partner(asked[1 - i]) : list.ends[i][0]);
			if (!isAsked) pick(selects[i], list.ends[i]);
		}
		if (isAsked || html.dataset.role) await show(false);
		new MutationObserver(() => chosen.every((path) => path) && show(false)).observe(html, { attributeFilter: ['data-role'] });
	}

	start().catch(() => {
		box.removeAttribute('aria-busy');
		status.textContent = words.failed;
	});
})();
