// The page that sets two playbooks side by side says what both have: the generator
// writes it for the pair that the page comes with, this script for any other.
const same = document.getElementById('page:desk');

function element(name, className, ...children) {
	const e = document.createElement(name);
	if (className) e.className = className;
	e.append(...children);
	return e;
}

// The keys come from scripts that call plumb.desk: a page on disk may load nothing
// else.
const files = new Map();
function loadKeys(n) {
	files.set(n, files.get(n) ?? new Promise((resolve) => {
		const script = element('script');
		script.src = `keys/${n}.js`;
		plumb.desk = (number, value) => takers.get(number)?.(value);
		takers.set(n, resolve);
		script.onerror = () => resolve({});
		document.head.append(script);
	}));
	return files.get(n);
}
const takers = new Map();

function itemOf(copy, first, words) {
	const numbers = (text, ...list) => text.replace(/%(?:\[\d+\])?d/g, () => list.shift());
	const role = first.roles.find(({ id }) => id === copy.role)?.title ?? words.everyone;
	const title = words[copy.kind] + (copy.kind === 'selling-tasks' ? ` · ${role}` : '');
	const count = numbers(words.same, copy.names.length, copy.of) + (copy.house ? ` ${numbers(words.house, copy.house)}` : '');
	const names = element('span', 'names', copy.names.join(' · '));
	if (first.lang !== document.documentElement.lang) [names.lang, names.dir] = [first.lang, first.dir];
	return element('li', copy.copied && 'odd', element('strong', '', title), ' ', element('span', 'count', count),
		...(copy.copied ? [' ', element('strong', 'bad', words.copied)] : []), names);
}

async function showSame(models) {
	const [words, rules] = [same.dataset.words, same.dataset.rules].map((text) => JSON.parse(text));
	const sides = await Promise.all(models.map(async (model) => ({ model, keys: (await loadKeys(fileOf(model.path, rules.files)))[model.path] ?? {} })));
	if (shown !== models) return; // another choice was faster
	const list = copiesOf(...sides, rules);
	same.replaceChildren(list.length > 0 ? element('ul', '', ...list.map((copy) => itemOf(copy, models[0], words))) : element('p', 'empty', words['none.same']));
}

let shown;
if (same) {
	document.querySelector('.comparison').addEventListener('plumb:compared', ({ detail }) => {
		shown = detail;
		showSame(detail);
	});
}
