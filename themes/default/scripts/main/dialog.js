// Panels over the page: one at a time, closed by Escape, a click beside it or its
// button; the focus then returns to where it was.
function openPanel(title, ...content) {
	const close = button('✕', () => panel.close(), { class: 'close', 'aria-label': word('close') });
	const panel = said('dialog', { class: 'panel', 'aria-label': title, closedby: 'any', close: () => panel.remove() }, make('h2', {}, title), close, ...content);
	document.body.append(panel);
	panel.showModal();
	return panel;
}

// walker returns a listener that moves the focus through the buttons of a list:
// by arrows, to the ends, to the next one with a word that begins as is typed.
function walker() {
	let letters = '';
	let before = 0;
	const typed = ({ key, timeStamp, ctrlKey, metaKey, altKey }, list, at) => {
		if (key.length > 1 || key === ' ' || ctrlKey || metaKey || altKey) return null;
		letters = (timeStamp - before < 800 ? letters : '') + key.toLowerCase();
		before = timeStamp;
		const from = letters.length > 1 ? at : at + 1;
		return [...list.slice(from), ...list.slice(0, from)].find((e) => ` ${e.textContent.toLowerCase()}`.includes(` ${letters}`));
	};
	return (event) => {
		const list = [...event.currentTarget.querySelectorAll('button')];
		const at = list.indexOf(document.activeElement);
		const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
		const next = event.key in steps ? list.at(steps[event.key] % list.length) : typed(event, list, at);
		if (!next) return;
		event.preventDefault();
		next.focus();
	};
}
