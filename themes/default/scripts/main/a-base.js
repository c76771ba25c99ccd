// What all parts share: words, elements, messages, deeds, what is kept.
const html = document.documentElement;
const all = (selector) => [...document.querySelectorAll(selector)];

// The site's words may be in another language than the page.
const { lang, dir } = document.querySelector('.top[lang]') ?? html;

// word returns one of the site's words; a number chooses among its forms.
function word(key, value) {
	const text = plumb.words[key] ?? plumb.words[`${key}.${new Intl.PluralRules(lang).select(value)}`] ?? plumb.words[`${key}.other`];
	return text.replace(/%[ds]/, () => value);
}

// make returns an element with attributes, listeners (functions) and children.
function make(name, attributes, ...children) {
	const element = document.createElement(name);
	for (const [key, value] of Object.entries(attributes)) {
		if (typeof value === 'function') element.addEventListener(key, value);
		else element.setAttribute(key, value);
	}
	element.append(...children);
	return element;
}

// said makes an element that holds the site's words.
const said = (name, attributes, ...children) => make(name, lang === html.lang ? attributes : { lang, dir, ...attributes }, ...children);

const button = (text, click, attributes) => said('button', { type: 'button', click, ...attributes }, text);

// say shows a message for a while, and screen readers read it out; a quiet one
// is for them alone, where others see what has happened.
const message = said('p', { class: 'say', role: 'status' });
document.body.append(message);
let silence = 0;
function say(text, quiet = false) {
	message.textContent = text;
	message.classList.toggle('quiet', quiet);
	clearTimeout(silence);
	silence = setTimeout(() => message.replaceChildren(), 5000);
}

// does holds what the elements with data-does do when they are clicked.
const does = {
	print: () => print(),
};
document.addEventListener('click', (event) => {
	const control = event.target.closest('[data-does]');
	does[control?.dataset.does]?.(control, event);
});

// read and keep are for values that outlive the page; where the browser keeps
// nothing, they last as long as the page does.
const memory = {};
const read = (name) => memory[name] ?? plumb.kept(name);
function keep(name, value) {
	delete memory[name];
	try {
		localStorage.setItem(plumb.keyOf(name), JSON.stringify(value));
	} catch {
		memory[name] = value;
	}
}

// newest bounds what is kept: of an object's keys those set last.
const newest = (object, count) => Object.fromEntries(Object.entries(object).slice(-count));

// pathOf names a page of the site; servers may leave out what pages end in.
const rootPath = new URL(plumb.root).pathname;
const pathOf = (url) => new URL(url).pathname.slice(rootPath.length).replace(/\.html$/, '').replace(/(^|\/)index$/, '$1');
const here = pathOf(location.href);

// setQuery writes a value into the page's address; an empty one is left out. The
// mark is for the page that the reader comes back to.
function setQuery(name, value, mark = history.state) {
	const url = new URL(location);
	if (value) url.searchParams.set(name, value);
	else url.searchParams.delete(name);
	history.replaceState(mark, '', url);
}

// always does a part of the work now and whenever the page may be another:
// another tab has kept something, the page comes back, the preview changed it.
// A part leaves alone what it has made before.
const parts = [];
function always(part) {
	parts.push(part);
	part();
}
const again = () => parts.forEach((part) => part());
document.addEventListener('plumb:update', again);
addEventListener('pageshow', (event) => event.persisted && again());
addEventListener('storage', (event) => (event.key ?? plumb.keyOf('')).startsWith(plumb.keyOf('')) && again());
