// What narrows a search down, with how many results each choice would leave.
class Facets {
	chosen = { kinds: [], role: '', segment: '', from: 0, to: 100 };

	constructor(changed) {
		this.changed = changed;
		this.kinds = plumb.search.kinds.map((kind) => this.kind(kind));
		this.role = this.select('role', word('role.all'));
		this.segment = this.select('segment', word('find.segments'));
		this.range = new LineRange(([from, to]) => this.set({ from, to }));
		const choices = [
			this.group('kind', ...this.kinds.map(({ label }) => label)), this.role.choice, this.segment.choice, this.group('place', ...this.range.parts),
		];
		this.box = make('details', { class: 'fold' }, make('summary', {}, make('h2', {}, word('find.narrow'))), ...choices);
	}

	group(name, ...parts) {
		const label = make('p', { class: 'end', id: `page:by-${name}` }, word(`find.${name}`));
		return make('div', { class: 'facet', role: 'group', 'aria-labelledby': label.id }, label, ...parts);
	}

	kind(kind) {
		const change = () => this.set({ kinds: this.kinds.filter((k) => k.box.checked).map((k) => k.kind) });
		const box = make('input', { type: 'checkbox', change });
		const count = make('span', { class: 'count' });
		return { kind, box, count, label: make('label', {}, box, word(`find.kinds.${kind}`), ' ', count) };
	}

	select(name, none) {
		const box = make('select', { id: `page:${name}`, change: () => this.set({ [name]: box.value }) });
		return { box, none, choice: make('p', { class: 'pick' }, make('label', { for: box.id }, word(`find.${name}`)), ' ', box) };
	}

	set(values) {
		Object.assign(this.chosen, values);
		this.changed();
	}

	isNarrow() {
		const { kinds, role, segment, from, to } = this.chosen;
		return kinds.length > 0 || role !== '' || segment !== '' || from > 0 || to < 100;
	}

	// draw shows what is chosen, and the counts of an answer where there is one.
	draw(counts) {
		const { kinds, role, segment, from, to } = this.chosen;
		for (const { kind, box, count } of this.kinds) {
			box.checked = kinds.includes(kind);
			count.textContent = counts?.kinds[kind] ?? 0;
		}
		offer(this.role, role, plumb.search.roles, counts?.roles, counts?.everyone);
		offer(this.segment, segment, plumb.search.segments, counts?.segments);
		this.range.draw([from, to], counts?.positions);
	}
}

// offer puts the choices that would leave something into a select; what is chosen
// stays among them. Some results every choice leaves.
function offer({ box, none }, chosen, list, counts = {}, always = 0) {
	const option = (value, text) => {
		const e = make('option', { value }, text);
		e.selected = value === chosen;
		return e;
	};
	const left = list.filter(([id]) => counts[id] > 0 || id === chosen);
	box.replaceChildren(option('', none), ...left.map(([id, title]) => option(id, `${title} (${(counts[id] ?? 0) + always})`)));
}
