// Ticks: what a reader has done of a playbook's tasks. They are kept by the digest
// of each task, so that they outlive edits around it.
const keptPages = 300;
const keptDays = 60; // of a tick whose task is gone
const today = Math.floor(Date.now() / 864e5);
const tickable = () => (document.body.dataset.page === 'playbook' ? all('.tasks > li[data-key]') : []);

// drawTicks gives each task its box; equal tasks share their tick.
function drawTicks() {
	const ticked = Object(Object(read('ticks'))[here]);
	for (const task of tickable()) {
		const box = task.querySelector(':scope > .tick') ?? addTick(task);
		box.setAttribute('aria-label', task.querySelector('.task').textContent.trim());
		box.checked = task.dataset.key in ticked;
	}
}

function addTick(task) {
	const change = () => saveTicks((ticked) => {
		delete ticked[task.dataset.key];
		if (box.checked) ticked[task.dataset.key] = today;
	});
	const box = make('input', { type: 'checkbox', class: 'tick', change });
	task.prepend(box);
	return box;
}

// saveTicks keeps the ticks of this page as changed. Those whose task is gone are
// forgotten after a while: it may come back.
function saveTicks(change) {
	const { [here]: kept, ...pages } = Object(read('ticks'));
	const ticked = { ...kept };
	change(ticked);
	const there = new Set(tickable().map((task) => task.dataset.key));
	for (const [key, day] of Object.entries(ticked)) {
		if (there.has(key)) ticked[key] = today;
		else if (day < today - keptDays) delete ticked[key];
	}
	if (Object.keys(ticked).length > 0) pages[here] = ticked;
	keep('ticks', newest(pages, keptPages));
	drawTicks();
}

does['clear-ticks'] = () => {
	saveTicks((ticked) => Object.keys(ticked).forEach((key) => delete ticked[key]));
	say(word('ticks.cleared'));
};

always(drawTicks);
if (read('ticks')?.[here]) saveTicks(() => {});
