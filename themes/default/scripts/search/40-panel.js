// The search over any page: a combobox, whose list of results is walked through
// with the arrows while the focus stays in the field.
const shownInPanel = 6;

class SearchPanel {
	options = [];
	active = -1;
	settled = true; // what is shown is the answer to what is written
	entered = null; // Enter was pressed before the answer came

	constructor(panel, field) {
		this.panel = panel;
		this.field = field;
		this.list = make('div', { class: 'refs', id: 'page:found', role: 'listbox', 'aria-label': word('find.results') });
		this.notes = make('div', {});
		this.tell = teller(panel.querySelector('[role=status]'));
		this.recent = recentList(field, (text) => this.search(text));
		this.question = latest((found, asked) => this.show(found, asked), () => this.fail());
		// Of the two, old readers and the HTML checker know only the second.
		for (const name of ['aria-controls', 'aria-owns']) field.setAttribute(name, this.list.id);
		field.addEventListener('keydown', (event) => this.press(event));
		field.addEventListener('input', () => this.answer());
		panel.append(this.notes, this.list, this.recent.box);
		this.answer();
	}

	search(text) {
		this.field.value = text;
		this.field.focus();
		this.answer();
	}

	answer() {
		const text = this.field.value;
		this.settled = text.trim() === '';
		this.entered = null;
		this.question(this.settled ? null : { text, count: shownInPanel, countSegments: false });
		if (!this.settled) return;
		this.clear([]);
		this.tell('');
		this.recent.draw();
		this.recent.box.hidden = false;
	}

	// clear leaves nothing but some notes. The list is asked where it stands while
	// nothing has changed, for then the browser knows.
	clear(notes) {
		if (this.list.scrollTop > 0) this.list.scrollTop = 0;
		this.options = [];
		this.list.replaceChildren();
		this.list.hidden = this.recent.box.hidden = true;
		this.notes.replaceChildren(...drawNotes(notes));
		this.field.setAttribute('aria-expanded', 'false');
		this.field.removeAttribute('aria-activedescendant');
	}

	fail() {
		this.settled = true;
		this.clear([word('find.failed')]);
		this.tell(word('find.failed'));
	}

	show(found, asked) {
		const text = asked.text.trim();
		const notes = notesOf(found, asked);
		const count = countOf(found, text);
		const help = [count, word('find.tip'), make('a', { href: `${plumb.root}search.html` }, word('find.az'))];
		this.settled = true;
		this.clear(found.total > 0 ? notes : [...help, ...notes]);
		this.tell([count, ...textOf(notes)].join(' · '));
		if (found.total > 0) this.offer(found.results, text);
		if (this.entered) this.follow(this.entered);
	}

	offer(results, text) {
		const more = make('p', {}, phrase('find.all', quoted(text)));
		this.options = results.map((r, i) => drawResult(this.option(i, hrefOf(r), placed(r.at)), r));
		this.options.push(this.option('all', searchURL({ q: text }), {}, more));
		this.list.replaceChildren(...this.options);
		this.list.hidden = false;
		this.field.setAttribute('aria-expanded', 'true');
		this.activate(0);
	}

	option(name, href, attributes, ...children) {
		const click = (event) => this.leave(event);
		return make('a', { class: 'ref', id: `page:found-${name}`, role: 'option', tabindex: '-1', href, 'aria-selected': 'false', click, ...attributes }, ...children);
	}

	// activate makes an option the one that Enter follows; behind the last comes the
	// first.
	activate(next) {
		this.options[this.active]?.setAttribute('aria-selected', 'false');
		this.active = (next + this.options.length) % this.options.length;
		const option = this.options[this.active];
		option.setAttribute('aria-selected', 'true');
		this.field.setAttribute('aria-activedescendant', option.id);
	}

	// step shows an option that is taller than the list from its beginning.
	step(by) {
		this.activate(this.active + by);
		const option = this.options[this.active];
		option.scrollIntoView({ block: option.offsetHeight > this.list.clientHeight ? 'start' : 'nearest' });
	}

	// press acts on the keys that are not the field's own. While a word is composed
	// all are the composer's.
	press(event) {
		if (event.isComposing || event.keyCode === 229 || event.altKey) return;
		const act = this.deed(event);
		if (!act) return;
		event.preventDefault();
		act();
	}

	deed(event) {
		const isOpen = this.options.length > 0;
		switch (event.key) {
		case 'ArrowDown': return () => (isOpen ? this.step(1) : this.recent.enter());
		case 'ArrowUp': return isOpen && (() => this.step(-1));
		case 'Enter': return () => (this.settled ? this.follow(event) : this.entered = event);
		case 'Escape': return this.field.value && (() => this.search(''));
		}
		return null;
	}

	// follow clicks on the active option, with the keys that were held.
	follow({ ctrlKey, metaKey, shiftKey }) {
		this.entered = null;
		this.options[this.active]?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
	}

	// leave remembers the search. To a place on the page that is open the panel gives
	// way, also if the address has led there before.
	leave({ currentTarget: { href }, ctrlKey, metaKey, shiftKey }) {
		remember(this.field.value);
		if (ctrlKey || metaKey || shiftKey || href.split('#')[0] !== location.href.split('#')[0]) return;
		this.panel.close();
		if (href === location.href) dispatchEvent(new HashChangeEvent('hashchange'));
	}
}
