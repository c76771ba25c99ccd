// Light or dark: as the system says, until the reader switches. Switching back to
// what the system says follows it again.
const systemDark = matchMedia('(prefers-color-scheme: dark)');
const systemScheme = () => (systemDark.matches ? 'dark' : 'light');
const schemeNow = () => html.dataset.scheme ?? systemScheme();

does.scheme = () => {
	const next = schemeNow() === 'dark' ? 'light' : 'dark';
	keep('scheme', next === systemScheme() ? '' : next);
	drawScheme();
};

function drawScheme() {
	const kept = read('scheme');
	if (['light', 'dark'].includes(kept)) html.dataset.scheme = kept;
	else delete html.dataset.scheme;
	const label = word(`scheme.${schemeNow()}`);
	for (const e of all('[data-does=scheme]')) {
		e.setAttribute('aria-label', label);
		e.title = label;
	}
}
always(drawScheme);
systemDark.addEventListener('change', drawScheme);
