// Copying: the answer to an objection, the address of the page.
// An answer is a field of that name or else what is said of the objection.
const answers = ['td[data-field=answer]', '[data-field=answer] > dd', '.entry:not(:has([data-field=answer])) > .entry-text'];

function addCopyButtons() {
	for (const answer of all(`[data-kind=objections] :is(${answers})`)) {
		if (answer.querySelector('.copy')) continue;
		answer.append(button(word('copy.answer'), copyAnswer, { class: 'copy' }));
	}
}
always(addCopyButtons);

// copyAnswer copies what the browser shows, without the button.
function copyAnswer({ currentTarget: control }) {
	control.style.setProperty('display', 'none', 'important');
	const text = control.parentElement.innerText.trim();
	control.style.removeProperty('display');
	copy(text, control);
}

does['copy-link'] = (control) => {
	const url = new URL(location);
	url.hash = '';
	if (plumb.role.id) url.searchParams.set('role', plumb.role.id);
	copy(url.href, control);
};

async function copy(text, control) {
	const done = (await toClipboard(text)) || selectAndCopy(text);
	control.focus();
	say(word(done ? 'copied' : 'copy.failed'));
	if (done) tell(control, word('copied'));
}

async function toClipboard(text) {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		return false; // not over plain HTTP, and not everywhere from disk
	}
}

function selectAndCopy(text) {
	const area = make('textarea', { readonly: '', 'aria-hidden': 'true' });
	area.style.setProperty('position', 'fixed');
	area.style.setProperty('opacity', '0');
	area.value = text;
	document.body.append(area);
	area.select();
	const done = document.execCommand('copy');
	area.remove();
	return done;
}

// tell puts a word on a button for a moment; what stands beside it stays where
// it is.
const telling = new WeakSet();
function tell(control, text) {
	if (telling.has(control)) return;
	telling.add(control);
	const before = [...control.childNodes];
	control.style.setProperty('min-width', `${control.offsetWidth}px`);
	control.replaceChildren(text);
	setTimeout(() => {
		control.replaceChildren(...before);
		control.style.removeProperty('min-width');
		telling.delete(control);
	}, 2000);
}
