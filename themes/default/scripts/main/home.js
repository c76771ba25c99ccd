// The home page by segment and by role.
const segments = document.querySelector('[data-does=segment]');
const mine = document.querySelector('[data-does=mine]');
const idOf = (href) => decodeURIComponent(href.replace(/^.*\/|\.html$/g, ''));

if (segments) {
	const asked = [...segments.options].find((option) => option.value && idOf(option.value) === plumb.view.segment);
	if (asked) asked.selected = true;
	segments.addEventListener('change', () => {
		const id = segments.value && idOf(segments.value);
		plumb.show({ segment: id });
		setQuery('segment', id);
		sayShown();
	});
}

// The address knows how the page was left.
if (mine) mine.checked = plumb.view.mine && plumb.role.id !== '';

// Nobody's playbooks are shown to a reader without a role until one is chosen.
mine?.addEventListener('change', () => {
	if (mine.checked && !plumb.role.id) {
		mine.checked = false;
		does.role().addEventListener('close', () => plumb.role.id && mine.click());
		return;
	}
	plumb.show({ mine: mine.checked });
	setQuery('mine', mine.checked ? '1' : '');
	sayShown();
});

document.addEventListener('plumb:role', () => mine?.checked && !plumb.role.id && mine.click());

// sayShown reads out how many playbooks are left; that there is none, all see.
function sayShown() {
	const shown = all('.dot').filter((dot) => dot.checkVisibility()).length;
	say(word('shown', shown), shown > 0);
}
