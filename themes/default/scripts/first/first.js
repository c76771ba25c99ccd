// Before the page is painted: what the reader chose on an earlier one.
const html = document.documentElement;
html.classList.add('js');
// Addresses of the site are relative to this script's folder.
plumb.root = new URL('.', document.currentScript.src).href;

// What the browser keeps for this site; several sites may share its store, and
// some browsers keep nothing.
plumb.keyOf = (name) => `plumb:${new URL(plumb.root).pathname}:${name}`;
plumb.kept = (name) => {
	try {
		return JSON.parse(localStorage.getItem(plumb.keyOf(name)));
	} catch {
		return null;
	}
};

const scheme = plumb.kept('scheme');
if (scheme === 'light' || scheme === 'dark') html.dataset.scheme = scheme;

// The role asked for by the address goes before the kept one; an empty one asks
// for all roles.
const everyone = { id: '', title: '' };
const query = new URLSearchParams(location.search);
// An address that only repeats what was kept yields to what is kept now.
const asked = history.state?.plumb === 'kept' && plumb.kept('role') ? null : query.get('role');
const known = (id) => plumb.findRole(id) ?? (id === '' ? everyone : null);

// findRole returns the role with an id. A site with too many roles to name them
// takes any.
plumb.findRole = (id) => {
	const kept = plumb.kept('role');
	if (plumb.many && id) return kept?.id === id ? kept : { id, title: id };
	return plumb.roles.find((role) => role.id === id);
};
plumb.role = known(asked) ?? known(plumb.kept('role')?.id) ?? everyone;
if (plumb.role.id) html.dataset.role = plumb.role.id;

// What the page shows: the tasks of a role, the playbooks of a segment, only
// those of the role. One style sheet hides the rest, so that nothing moves when
// the page is there.
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);
plumb.view = { role: plumb.role.id, segment: query.get('segment') ?? '', mine: query.has('mine') };
plumb.show = (change) => {
	const { role, segment, mine } = Object.assign(plumb.view, change);
	const choices = plumb.many || plumb.roles.length > 0 ? '' : '.tools [data-does=role]{display:none}';
	sheet.replaceSync('.js .jump .all{display:block}' + choices + ofRole(CSS.escape(role), mine) + ofSegment(CSS.escape(encodeURIComponent(segment))));
};

// ofRole hides the tasks of other roles, and empties or hides their dots. What a
// browser may find in the page (hidden=until-found) has to have a box.
function ofRole(id, mine) {
	if (!id) return '';
	const tasks = '[data-kind=selling-tasks]';
	const other = `:not([data-roles~=${id}])`;
	return `${tasks} [data-roles]${other}:not([hidden]){display:none}`
		+ `${tasks} [data-roles][hidden]{position:absolute;clip-path:inset(50%)}`
		+ `${tasks}:not([data-has~=${id}],[data-all]) :is(.no-tasks,.jump){display:block!important}`
		+ (mine ? `.dot${other},.row:not(:has([data-roles~=${id}])),.reach{display:none}` : `.dot${other}{--fill:transparent}`);
}

// ofSegment hides the rows of other segments, if there is one of this segment.
function ofSegment(id) {
	if (!id) return '';
	const own = `:has(.seg [href$="/${id}.html"])`;
	return `.rows${own}>:not(${own}){display:none}`;
}

plumb.show();
