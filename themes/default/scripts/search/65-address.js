// A search in the page's address, so that it can be shared and gone back to. While
// a reader types, the address changes in its place; Enter makes it a new one.
class SearchAddress {
	waiting = 0;

	constructor(field) {
		this.field = field;
		this.committed = location.href; // what going back leads to
	}

	// read takes over what the address asks for; what the site does not know is left out.
	read(facets) {
		const query = new URLSearchParams(location.search);
		const end = (name, other) => (/^\d{1,3}$/.test(query.get(name)) ? Math.min(Number(query.get(name)), 100) : other);
		const known = (name, list) => (list.some(([id]) => id === query.get(name)) ? query.get(name) : '');
		this.field.value = query.get('q') ?? '';
		this.committed = location.href;
		if (!facets) return;
		const [from, to] = [end('from', 0), end('to', 100)].sort((a, b) => a - b);
		facets.chosen = {
			kinds: plumb.search.kinds.filter((kind) => query.getAll('kind').includes(kind)),
			role: known('for', plumb.search.roles), segment: known('segment', plumb.search.segments),
			from, to,
		};
		facets.draw();
		facets.box.open = facets.isNarrow(); // what is chosen should be seen
	}

	// of is the address of a search.
	of({ kinds, role, segment, from, to }) {
		const url = new URL(location);
		for (const name of ['q', 'kind', 'for', 'segment', 'from', 'to']) url.searchParams.delete(name);
		const pairs = [['q', this.field.value.trim()], ...kinds.map((kind) => ['kind', kind]), ['for', role], ['segment', segment], ['from', from || ''], ['to', to < 100 ? to : '']];
		for (const [name, value] of pairs) if (value !== '') url.searchParams.append(name, value);
		return url.href;
	}

	// write has the address follow soon: browsers count how often it changes.
	write(chosen) {
		clearTimeout(this.waiting);
		this.waiting = setTimeout(() => this.flush(chosen), 200);
	}

	flush(chosen) {
		clearTimeout(this.waiting);
		this.put('replaceState', this.of(chosen));
	}

	commit(chosen) {
		const url = this.of(chosen);
		clearTimeout(this.waiting);
		if (url === this.committed) return;
		this.put('replaceState', this.committed);
		this.put('pushState', url);
		this.committed = url;
	}

	put(way, url) {
		try {
			history[way](history.state, '', url);
		} catch {
			// Some browsers forbid it to a page on disk.
		}
	}
}
