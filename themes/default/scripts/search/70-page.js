// The page of the search: a field, what narrows the search down, the results.
const perPage = 10;

class SearchPage {
	facets = null; // once the index is there
	next = 0; // where the results that are not shown yet begin

	constructor(place) {
		this.az = document.querySelector('.az');
		this.tell = teller(place.querySelector('[role=status]'));
		this.results = make('div', {});
		this.field = make('input', {
			class: 'field', id: 'page:q', type: 'search', autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'search', maxlength: '200',
			input: () => this.refresh(),
			keydown: (event) => event.key === 'Enter' && !event.isComposing && this.commit(),
		});
		this.form = make('div', { class: 'find', role: 'search' }, make('label', { for: this.field.id }, word('find.label')), this.field);
		this.address = new SearchAddress(this.field);
		this.question = latest((found, asked) => (asked.at > 0 ? this.more(found, asked) : this.show(found, asked)), () => this.fail());
		addEventListener('popstate', () => this.follow());
		document.addEventListener('plumb:role', () => this.refresh(true));
		place.prepend(this.form);
		this.follow();
	}

	// follow shows what the address asks for.
	follow() {
		this.address.read(this.facets);
		this.refresh(true);
	}

	// refresh asks anew; the address follows unless it says so already.
	async refresh(isWritten) {
		if (!(await this.open())) return;
		if (!isWritten) this.address.write(this.facets.chosen);
		const isEmpty = this.field.value.trim() === '';
		this.facets.box.hidden = isEmpty;
		this.question(isEmpty ? null : this.asking(0));
		if (!isEmpty) return;
		this.results.replaceChildren();
		this.tell('');
		this.az.hidden = false;
	}

	// open makes the facets, for which the index has to be there.
	async open() {
		try {
			await load(index());
		} catch {
			this.fail();
			return false;
		}
		if (this.facets) return true;
		this.facets = new Facets(() => this.refresh());
		this.form.after(make('div', { class: 'pair' }, this.facets.box, this.results));
		this.address.read(this.facets);
		return true;
	}

	asking(at) {
		const { kinds, role, segment, from, to } = this.facets.chosen;
		return { text: this.field.value, kinds, roles: role ? [role] : [], segments: segment ? [segment] : [], from, to, at, count: perPage };
	}

	fail() {
		if (!this.results.isConnected) this.form.after(this.results);
		this.results.replaceChildren(...drawNotes([word('find.failed')]));
		this.tell(word('find.failed'));
		this.az.hidden = false;
	}

	// commit makes the search one that can be gone back to.
	commit() {
		remember(this.field.value);
		if (this.facets) this.address.commit(this.facets.chosen);
	}

	show(found, asked) {
		const notes = notesOf(found, asked);
		const count = countOf(found, asked.text.trim());
		this.facets.draw(found.facets);
		this.az.hidden = found.total > 0;
		this.results.replaceChildren(make('h2', {}, count), ...drawNotes(notes), ...(found.total > 0 ? [make('ol', { class: 'refs' })] : this.help()));
		this.results.querySelector('[data-for]')?.addEventListener('click', (event) => this.chooseRole(event));
		this.add(found, asked);
		this.tell([count, ...textOf(notes)].join(' · '));
	}

	help() {
		const clear = () => {
			this.facets.set({ kinds: [], role: '', segment: '', from: 0, to: 100 });
			this.field.focus();
		};
		return [...drawNotes([word('find.tip')]), ...(this.facets.isNarrow() ? [button(word('find.reset'), clear)] : [])];
	}

	chooseRole(event) {
		if (event.ctrlKey || event.metaKey || event.shiftKey) return;
		event.preventDefault();
		this.facets.set({ role: event.currentTarget.dataset.for });
		this.field.focus();
	}

	// add appends results; those that have not all words stand below a heading.
	// Passages of one thing may come again: it is shown once.
	add({ results, whole, total }, { at, count }) {
		if (at === 0) this.shown = new Set();
		const isNew = (r) => this.shown.size < this.shown.add([r.kind, r.role, r.url, r.anchor].join('\n')).size;
		const fresh = results.filter(isNew);
		const items = fresh.map((r) => this.item(r));
		const first = whole > 0 && !this.results.querySelector('h3') ? fresh.findIndex((r) => !r.whole) : -1;
		const cut = first < 0 ? items.length : first;
		[...this.results.querySelectorAll('ol')].at(-1)?.append(...items.slice(0, cut));
		if (cut < items.length) this.results.append(make('h3', {}, word('find.rest')), make('ol', { class: 'refs' }, ...items.slice(cut)));
		this.next = at + count;
		if (this.next < total) this.results.append(make('p', { class: 'more' }, button(word('find.more'), () => this.question(this.asking(this.next)))));
		return items;
	}

	more(found, asked) {
		this.results.querySelector('.more').remove();
		const [first] = this.add(found, asked);
		(first?.querySelector('a') ?? this.results.querySelector('.more button') ?? this.field).focus();
		this.tell(phrase('find.shown', Math.min(this.next, found.total), found.total));
	}

	item(result) {
		const click = () => {
			this.address.flush(this.facets.chosen);
			remember(this.field.value);
		};
		return drawResult(make('li', { class: 'ref', ...placed(result.at) }), result, make('a', { href: hrefOf(result), click }));
	}
}
