// What has changed since the last visit: the browser remembers the digest of each
// playbook as the reader last knew it. Nothing depends on a clock.
const keptDigests = 3000;
const listed = () => all('main [data-digest]').map((item) => ({ link: item.querySelector('a[href]'), digest: item.dataset.digest })).filter(({ link }) => link);

// drawNews marks what differs from what is remembered, and returns the paths of
// it. A list that is met for the first time has no news.
function drawNews() {
	const seen = Object(read('seen'));
	const news = new Map();
	for (const { link, digest } of listed()) {
		const path = pathOf(link.href);
		if (path in seen ? seen[path] !== digest : here in seen) news.set(path, path in seen ? 'changed' : 'new');
		drawBadge(link, news.get(path));
	}
	drawSince(news.size);
	return news;
}

// remember keeps what the page tells of itself, and of the playbooks that it
// lists all but some.
function remember(but) {
	const seen = Object(read('seen'));
	const before = JSON.stringify(seen);
	const know = (path, digest) => {
		if (seen[path] === digest || but.has(path)) return;
		delete seen[path]; // what was learnt last stands last
		seen[path] = digest;
	};
	for (const { link, digest } of listed()) know(pathOf(link.href), digest);
	const { digest = '' } = document.body.dataset;
	if (digest || listed().length > 0) know(here, digest);
	if (JSON.stringify(seen) !== before) keep('seen', newest(seen, keptDigests));
}

function drawBadge(link, kind) {
	link.querySelector('.news')?.remove();
	if (kind) link.append(said('span', { class: 'news' }, word(`news.${kind}`)));
}

// drawSince says in a bar over the page how much is new, on the pages that lead
// to all others.
function drawSince(count) {
	const bar = document.querySelector('.since');
	const show = count > 0 && /^(home|role)$/.test(document.body.dataset.page);
	html.style.setProperty('scroll-padding-bottom', show ? '6rem' : ''); // what has the focus stays clear of the bar
	if (!show) return bar?.remove();
	const text = word('since', count);
	if (bar) bar.firstChild.data = text;
	else document.body.append(said('p', { class: 'since', role: 'status' }, text, button(word('since.read'), readAll)));
}

function readAll() {
	remember(new Map());
	drawNews();
}

// Only a page that is read now is remembered: a tab that stands open may be old.
always(drawNews);
const visit = () => remember(drawNews());
document.addEventListener('plumb:update', visit);
visit();
