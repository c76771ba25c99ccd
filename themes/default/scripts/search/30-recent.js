// The recent searches, in the panel: each a button, beside one that removes it.
// The arrows go from search to search and back to the field, Delete removes.
function recentList(field, choose) {
	const box = make('div', {});
	const entries = () => [...box.querySelectorAll('[data-search]')];
	const item = (text) => make('li', {},
		button(text, () => choose(text), { 'data-search': '' }),
		button('✕', () => forget([text]), { 'aria-label': phrase('find.forget', text) }));

	function draw() {
		const list = recentSearches();
		const hint = make('p', { class: 'detail' }, word('find.hint'));
		box.replaceChildren(...(list.length === 0 ? [hint] : [
			make('p', { class: 'end', id: 'page:recent' }, word('find.recent')),
			make('ul', { class: 'choices', 'aria-labelledby': 'page:recent', keydown }, ...list.map(item)),
			make('p', { class: 'detail' }, word('find.private'), ' ', button(word('find.clear'), () => forget(list))),
		]));
	}

	// forget removes searches; the focus goes to what takes the place of the first.
	function forget(gone) {
		const list = recentSearches();
		keep('searches', list.filter((text) => !gone.includes(text)));
		draw();
		(entries()[list.indexOf(gone[0])] ?? entries().at(-1) ?? field).focus();
	}

	function keydown(event) {
		const list = entries();
		const at = list.findIndex((e) => e.parentElement.contains(event.target));
		if (event.key === 'ArrowDown') list[Math.min(at + 1, list.length - 1)].focus();
		else if (event.key === 'ArrowUp') (list[at - 1] ?? field).focus();
		else if (event.key === 'Delete') forget([list[at].textContent]);
		else return;
		event.preventDefault();
	}

	return { box, draw, enter: () => entries()[0]?.focus() };
}
