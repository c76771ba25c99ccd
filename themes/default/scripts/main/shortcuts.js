// Keys that act on the page, and the panel that lists them: each does what a
// click on an element does, and only where there is one.
const shortcuts = [
	['r', '[data-does=role]', 'keys.role'],
	['[', 'a[rel~=prev]', 'keys.previous'],
	[']', 'a[rel~=next]', 'keys.next'],
	['c', 'a.do-compare', 'keys.compare'],
	['/', '[data-does=search]', 'keys.search'],
	['?', '[data-does=help]', 'keys.help'],
];
const keysOn = () => read('keys') !== false;

document.addEventListener('keydown', (event) => {
	if (event.defaultPrevented || event.repeat || event.isComposing || held(event) || isTaken(event) || !keysOn()) return;
	const [, selector] = shortcuts.find(([key]) => key === event.key) ?? [];
	const control = selector && document.querySelector(selector);
	if (!control) return;
	event.preventDefault();
	control.focus({ preventScroll: true });
	control.click();
});

// held is true with a modifier. AltGr is none: it writes brackets on many
// keyboards, and looks like Ctrl and Alt.
const held = (event) => event.metaKey || ((event.ctrlKey || event.altKey) && !event.getModifierState('AltGraph'));

// isTaken is true where a key belongs to what has the focus, or to a panel.
function isTaken(event) {
	const [target] = event.composedPath();
	return target.isContentEditable || target.matches?.('select, textarea, input:not([type=checkbox], [type=radio])') || document.querySelector('dialog[open]');
}

does.help = () => {
	const keys = shortcuts.filter(([, selector]) => document.querySelector(selector)).map(([key, , text]) => (
		make('div', {}, make('dt', {}, make('kbd', {}, key)), make('dd', {}, word(text)))));
	const change = (event) => keep('keys', event.currentTarget.checked);
	const on = make('input', { type: 'checkbox', change });
	on.checked = keysOn();
	openPanel(word('keys'), make('dl', { class: 'keys' }, ...keys), make('label', {}, on, ` ${word('keys.on')}`));
};
