// Search: a field at once; what answers, and the index, come while the reader types.
const loads = {};
const load = (path) => loads[path] ??= new Promise((resolve, reject) => {
	const error = () => reject(delete loads[path]); // so that it can be tried again
	document.head.append(make('script', { src: plumb.root + path, load: resolve, error }));
});
plumb.tools = { make, said, word, button, read, keep, lang, load, pathOf, here };

// fill has the search's own script fill a place of the page.
function fill(place, field) {
	load('search/root.js').catch(() => {}); // the first question asks for it again
	load('theme/search.js').then(() => plumb.find(place, field), () => {
		place.querySelector('[role=status]').textContent = word('find.failed');
		azList && (azList.hidden = false);
		field?.addEventListener('input', () => fill(place, field), { once: true });
	});
}

const statusLine = () => make('p', { role: 'status' });

does.search = (control, event) => {
	if (event.ctrlKey || event.metaKey || event.shiftKey) return;
	event.preventDefault();
	const own = document.querySelector('.find .field');
	if (own) return own.focus();
	const field = make('input', {
		class: 'field', type: 'text', role: 'combobox', 'aria-label': word('keys.search'), 'aria-expanded': 'false', 'aria-autocomplete': 'list',
		autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'go', maxlength: '200', autofocus: '',
	});
	const panel = openPanel(word('keys.search'), field, statusLine());
	panel.classList.add('finder');
	fill(panel, field);
};

// The page of the search: what it lists gives way to what is asked for.
const searchPage = document.getElementById('page:find');
const azList = document.querySelector('.az');
if (searchPage) {
	azList.hidden = new URLSearchParams(location.search).has('q');
	searchPage.append(statusLine());
	fill(searchPage);
}
