// My role: chosen once, kept, carried by the address; a playbook shows its tasks.
const everyone = { id: '', title: word('role.all') };
const titleOf = (role) => role.title || everyone.title;

// A role that came with the address is the reader's own if there is no other, and
// else for this visit.
if (plumb.role.id && !read('role')) keepRole(plumb.role);
let visiting = plumb.role.id !== (read('role')?.id ?? '');

function keepRole({ id, title }) {
	keep('role', { id, title });
}

// choose makes a role the reader's own, here and on all pages.
function choose(role) {
	keepRole(role);
	follow(role);
	say(word('role.now', titleOf(role)));
}

// follow shows the page for a role.
function follow(role) {
	visiting = false;
	plumb.role = role;
	if (role.id) html.dataset.role = role.id;
	else delete html.dataset.role;
	writeRole();
	showTasks(role.id);
	document.dispatchEvent(new CustomEvent('plumb:role'));
}

// writeRole has the address carry the role. What is the reader's own gives way,
// when they come back, to what they have chosen since.
function writeRole() {
	setQuery('role', plumb.role.id, visiting ? null : { plumb: 'kept' });
}

// followKept shows the page for the role chosen on another one.
function followKept() {
	const kept = read('role')?.id ?? '';
	if (kept !== plumb.role.id) follow(plumb.findRole(kept) ?? everyone);
}
addEventListener('storage', (event) => event.key === plumb.keyOf('role') && followKept());
addEventListener('pageshow', (event) => event.persisted && !visiting && followKept());
addEventListener('load', writeRole);

// ---- the choice

does.role = () => {
	const roles = plumb.many ? [plumb.role].filter((role) => role.id) : plumb.roles;
	const options = [everyone, ...roles].map((role) => {
		const option = button(titleOf(role), () => (panel.close(), choose(role)));
		if (role.id === plumb.role.id) option.setAttribute('aria-current', 'true');
		return make('li', {}, option);
	});
	const about = make('p', {}, word(plumb.many ? 'role.many' : 'role.text'));
	const list = make('ul', { class: 'choices', keydown: walker() }, ...options);
	const pages = make('p', {}, make('a', { href: `${plumb.root}roles.html` }, word('role.pages')));
	const panel = openPanel(word('role'), about, list, pages);
	list.querySelector('[aria-current]').focus();
	return panel;
};

does['my-role'] = () => {
	const id = document.body.dataset.roleId;
	const role = plumb.many ? { id, title: document.querySelector('h1').textContent } : plumb.findRole(id);
	choose(id === plumb.role.id ? everyone : role);
};

// ---- the tasks of a page

const tasks = '[data-kind=selling-tasks]';
const rolesOf = (e) => e.dataset.roles.split(' ');
const isHidden = (e) => plumb.view.role !== '' && !rolesOf(e).includes(plumb.view.role);

function showTasks(id) {
	plumb.show({ role: id });
	drawRole();
}

// drawRole says everywhere whose tasks are shown. The tasks that are not can
// still be found in the page, where the browser knows how.
function drawRole() {
	const { role } = plumb.view;
	for (const e of all('[data-role-name]')) e.textContent = titleOf(plumb.role);
	for (const e of all('[data-does=my-role]')) e.setAttribute('aria-pressed', document.body.dataset.roleId === plumb.role.id);
	for (const e of all('.jump [data-role]')) {
		if (e.dataset.role === role) e.setAttribute('aria-current', 'true');
		else e.removeAttribute('aria-current');
	}
	for (const e of all(`${tasks} [data-roles]`)) {
		e.hidden = isHidden(e) && 'onbeforematch' in e && 'until-found';
	}
}
always(drawRole);

// reveal shows the role whose tasks the address leads to.
function reveal() {
	const target = document.getElementById(fragment());
	const part = target?.closest(`${tasks} [data-roles]`);
	if (!part || !isHidden(part)) return;
	showTasks(rolesOf(part)[0]);
	target.scrollIntoView();
}

function fragment() {
	try {
		return decodeURIComponent(location.hash.slice(1));
	} catch {
		return '';
	}
}

reveal();
addEventListener('hashchange', reveal);
document.addEventListener('beforematch', ({ target }) => target.dataset.roles && showTasks(rolesOf(target)[0]));

// The links to the roles on the page work as tabs.
document.addEventListener('click', (event) => {
	const tab = event.target.closest('.jump [data-role]');
	if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
	event.preventDefault();
	showTasks(tab.dataset.role);
	say(word('role.tasks', tab.textContent), true);
});

// ---- links that carry the role

// A browser may keep nothing, or each file's own; then the next page learns of
// the role from its address.
const carries = () => (location.protocol === 'file:' ? read('role') : plumb.role.id !== (plumb.kept('role')?.id ?? ''));

function carry(event) {
	const link = event.target.closest('a[href]');
	if (!link?.href.startsWith(plumb.root) || link.pathname === location.pathname || !/(\.html|\/)$/.test(link.pathname) || !carries()) return;
	const before = link.getAttribute('href');
	const url = new URL(link.href);
	url.searchParams.set('role', plumb.role.id);
	link.href = url;
	setTimeout(() => link.setAttribute('href', before));
}
document.addEventListener('click', carry);
document.addEventListener('auxclick', carry);
