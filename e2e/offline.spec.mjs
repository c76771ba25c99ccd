// What a reader's device keeps: first visit, no connection, newer versions, sites
// beside each other.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { pagesOf, sites } from './pages.mjs';
import { Site } from './preview.mjs';

const plumb = join(sites.sample?.dir ?? '', '../../plumb');
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
	+ "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png', '.json': 'application/json' };

// Host serves folders below paths, as a bare file server does. It can be cut off,
// and answer otherwise for single addresses.
class Host {
	folders = {};
	answers = {};
	asked = [];
	headers = { 'Cache-Control': 'no-cache', Vary: '*' };
	down = false;

	async start() {
		this.server = createServer((request, response) => this.answer(request, response));
		this.server.listen(0, '127.0.0.1');
		await once(this.server, 'listening');
		this.url = `http://127.0.0.1:${this.server.address().port}`;
	}

	async stop() {
		this.server.closeAllConnections();
		this.server.close();
		await once(this.server, 'close');
	}

	// held is what answers to questions for shards of the index wait for.
	held = null;

	async answer(request, response) {
		const { pathname } = new URL(request.url, this.url);
		this.asked.push(pathname);
		if (/\/search\/(?!root)/.test(pathname)) await this.held;
		const own = this.answers[pathname];
		if (this.down || own === 'none') return request.socket.destroy();
		const headers = { 'Content-Security-Policy': policy, ...this.headers };
		if (own) return response.writeHead(own.status ?? 200, { ...headers, ...own.headers }).end(own.body ?? '');
		const below = Object.keys(this.folders).filter((b) => pathname.startsWith(b)).sort().pop();
		const file = below && join(this.folders[below], decodeURIComponent(pathname.slice(below.length)) || 'index.html');
		if (file && statSync(file, { throwIfNoEntry: false })?.isFile()) {
			return response.writeHead(200, { ...headers, 'Content-Type': types[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
		}
		response.writeHead(404, { ...headers, 'Content-Type': 'text/html' }).end('<!doctype html><title>Missing</title><h1>Missing</h1>');
	}
}

const playbook = (title, text) => `---\ntitle: ${title}\nposition: 78\nsegment: clinics\n---\n## Selling tasks\n\n### Account manager\n\n1. ${text}\n`;

const test = base.extend({
	tmp: async ({}, use) => {
		const dir = mkdtempSync(join(tmpdir(), 'plumb-offline-'));
		await use(dir);
		rmSync(dir, { recursive: true, force: true });
	},
	// build makes a site of texts by their paths and returns its folder.
	build: async ({ tmp }, use) => {
		let n = 0;
		await use((files, ...flags) => {
			const from = join(tmp, `${++n}`);
			for (const [name, text] of Object.entries(files)) {
				mkdirSync(dirname(join(from, name)), { recursive: true });
				writeFileSync(join(from, name), text);
			}
			execFileSync(plumb, ['build', from, '--as-of', '2026-11-01', '--quiet', ...flags], { stdio: 'inherit' });
			return join(from, 'public');
		});
	},
	host: async ({}, use) => {
		const host = new Host();
		await host.start();
		await use(host);
		await host.stop();
	},
	// What the browser says of the page; what it says of answers that are missing on
	// purpose is no fault.
	faults: [async ({ page }, use) => {
		const faults = [];
		page.on('pageerror', (err) => faults.push(`script: ${err}`));
		page.on('console', (m) => m.text().startsWith('Failed to load resource') || faults.push(`console: ${m.text()}`));
		await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`)));
		await use(faults);
		expect(faults).toEqual([]);
	}, { auto: true }],
});

// kept opens a page and waits until the site's own worker answers for it and has
// done all that it does when it begins.
async function kept(page, url) {
	await page.goto(url);
	await page.evaluate(async () => {
		const { serviceWorker } = navigator;
		while (serviceWorker.controller?.scriptURL !== `${plumb.root}sw.js`) {
			await new Promise((done) => serviceWorker.addEventListener('controllerchange', done, { once: true }));
		}
		const { controller } = serviceWorker;
		while (controller.state !== 'activated') await new Promise((done) => controller.addEventListener('statechange', done, { once: true }));
		await new Promise((done) => setTimeout(done));
	});
}

const caches = (page) => page.evaluate(() => window.caches.keys());
const bar = (page) => page.locator('.newer');

// renewed waits until the browser has come upon the newer worker and it has taken
// over: the bar of an open page says so.
async function renewed(page, url) {
	await page.goto(url);
	await expect(bar(page)).toContainText('newer version');
}

test('after one visit every page of the sample opens without a connection', async ({ page, host }) => {
	host.folders['/'] = sites.sample.dir + '/';
	await kept(page, `${host.url}/index.html`);
	host.down = true;
	for (const path of pagesOf(sites.sample)) {
		await page.goto(`${host.url}/${path}`);
		const title = readFileSync(join(sites.sample.dir, path), 'utf8').match(/<title>(.*?)<\/title>/)[1];
		expect(await page.evaluate(() => document.title.replaceAll('&', '&amp;')), path).toBe(title.replaceAll('&#39;', "'"));
		expect(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--paper')), `${path} is styled`).not.toBe('');
	}
	await page.goto(`${host.url}/`);
	await expect(page.locator('h1')).toBeVisible();
});

test('a choice in the address is no other page', async ({ page, host }) => {
	host.folders['/'] = sites.sample.dir + '/';
	await kept(page, `${host.url}/index.html`);
	host.down = true;
	await page.goto(`${host.url}/playbooks/tool-fleet-contract.html?role=account-manager#objections`);
	await expect(page.locator('h1')).toHaveText('Tool fleet contract');
	await page.goto(`${host.url}/compare.html?a=playbooks/tool-fleet-contract&b=playbooks/basix/online-reorder`);
	await expect(page.locator('h1')).toBeVisible();
	expect(new URL(page.url()).pathname).toBe('/compare.html');
});

test('a newer version takes over, and says so', async ({ page, host, build }) => {
	const first = build({ 'playbooks/a.md': playbook('Alpha', 'Call.'), 'playbooks/b.md': playbook('Beta', 'Write.'), 'playbooks/c.md': playbook('Gamma', 'Visit.') });
	const second = build({ 'playbooks/a.md': playbook('Alpha', 'Call twice.'), 'playbooks/c.md': playbook('Gamma', 'Visit.'), 'playbooks/d.md': playbook('Delta', 'Ask.') });
	host.folders['/'] = first + '/';
	host.headers = { 'Cache-Control': 'max-age=600' };
	await kept(page, `${host.url}/playbooks/a.html`);
	expect(await bar(page).count()).toBe(0);

	host.folders['/'] = second + '/';
	host.asked = [];
	await renewed(page, `${host.url}/playbooks/a.html`);
	await expect(page.locator('main')).toContainText('Call.');
	expect(host.asked).not.toContain('/theme/plumb.css');
	expect(host.asked.filter((p) => p === '/playbooks/a.html')).toHaveLength(1);
	expect(await caches(page)).toHaveLength(1);

	await bar(page).getByRole('button', { name: 'Reload' }).click();
	await expect(page.locator('main')).toContainText('Call twice.');
	await expect(bar(page)).toHaveCount(0);

	host.down = true;
	await page.goto(`${host.url}/playbooks/d.html`);
	await expect(page.locator('h1')).toHaveText('Delta');
	await page.goto(`${host.url}/playbooks/b.html`);
	await expect(page).toHaveURL(`${host.url}/offline.html?page=playbooks%2Fb.html`);
});

test('the bar goes when it is asked to', async ({ page, host, build }) => {
	host.folders['/'] = build({ 'playbooks/a.md': playbook('Alpha', 'Call.') }) + '/';
	await kept(page, `${host.url}/index.html`);
	host.folders['/'] = build({ 'playbooks/a.md': playbook('Alpha', 'Write.') }) + '/';
	await renewed(page, `${host.url}/index.html`);
	await bar(page).getByRole('button', { name: 'Not now' }).click();
	await expect(bar(page)).toHaveCount(0);
});

for (const [what, answer] of [['no answer', 'none'], ['an error', { status: 500 }], ['a page to sign in', { status: 302, headers: { Location: '/signin' } }]]) {
	test(`where a file of the newer version has ${what}, the version before stays whole`, async ({ page, host, build }) => {
		host.folders['/site/'] = build({ 'playbooks/a.md': playbook('Alpha', 'Call.'), 'playbooks/b.md': playbook('Beta', 'Write.') }) + '/';
		host.answers['/signin'] = { body: '<h1>Sign in</h1>', headers: { 'Content-Type': 'text/html' } };
		await kept(page, `${host.url}/site/index.html`);
		const before = await caches(page);
		host.folders['/site/'] = build({ 'playbooks/a.md': playbook('Alpha', 'Call twice.'), 'playbooks/b.md': playbook('Beta', 'Write twice.') }) + '/';
		host.answers['/site/playbooks/b.html'] = answer;
		await page.goto(`${host.url}/site/index.html`);
		const state = await page.evaluate(async () => {
			const registration = await navigator.serviceWorker.getRegistration();
			const found = registration.installing ?? new Promise((done) => registration.addEventListener('updatefound', () => done(registration.installing)));
			await registration.update().catch(() => {});
			const worker = await found;
			while (worker.state === 'installing') await new Promise((done) => worker.addEventListener('statechange', done, { once: true }));
			return worker.state;
		});
		expect(state).toBe('redundant');
		await expect(bar(page)).toHaveCount(0);
		expect(await caches(page)).toEqual(expect.arrayContaining(before));

		host.down = true;
		for (const [path, text] of [['a', 'Call.'], ['b', 'Write.']]) {
			await page.goto(`${host.url}/site/playbooks/${path}.html`);
			await expect(page.locator('main')).toContainText(text);
		}
		host.down = false;
		delete host.answers['/site/playbooks/b.html'];
		await renewed(page, `${host.url}/site/index.html`);
		expect(await caches(page)).toHaveLength(1);
		host.down = true;
		await page.goto(`${host.url}/site/playbooks/b.html`);
		await expect(page.locator('main')).toContainText('Write twice.');
	});
}

test('half of a version is shown only while there is no connection', async ({ page, host, build }) => {
	host.folders['/'] = build({ 'playbooks/a.md': playbook('Alpha', 'Call.') }) + '/';
	host.answers['/playbooks/a.html'] = { body: '<!doctype html><html lang="en"><title>Old</title><h1>From before</h1>', headers: { 'Content-Type': 'text/html' } };
	await kept(page, `${host.url}/index.html`);
	host.down = true;
	await page.goto(`${host.url}/playbooks/a.html`);
	await expect(page.locator('h1')).toHaveText('From before');
	host.down = false;
	delete host.answers['/playbooks/a.html'];
	for (let i = 0; i < 2; i++) {
		await page.goto(`${host.url}/playbooks/a.html`);
		await expect(page.locator('h1')).toHaveText('Alpha');
		await page.evaluate(() => window.caches.keys().then(async ([n]) => (await window.caches.open(n)).keys()));
	}
});

test('sites below two paths of a host, and its other programs, keep apart', async ({ page, host, build }) => {
	const one = build({ 'playbooks/a.md': playbook('One', 'Call.') });
	host.folders['/'] = one + '/';
	host.folders['/sales/'] = build({ 'playbooks/a.md': playbook('Two', 'Write.') }) + '/';
	host.answers['/app/data.txt'] = { body: 'first', headers: { 'Content-Type': 'text/plain' } };
	await kept(page, `${host.url}/index.html`);
	await page.evaluate(() => window.caches.open('of another program').then((c) => c.put('/x', new Response('x'))));
	await kept(page, `${host.url}/sales/index.html`);
	expect(await caches(page)).toHaveLength(3);

	// The site at the root does not answer for what is not its own.
	await page.goto(`${host.url}/index.html`);
	const data = () => page.evaluate(() => fetch('/app/data.txt').then((r) => r.text()));
	expect(await data()).toBe('first');
	host.answers['/app/data.txt'].body = 'second';
	expect(await data()).toBe('second');

	host.folders['/'] = build({ 'playbooks/a.md': playbook('One', 'Call twice.') }) + '/';
	await renewed(page, `${host.url}/index.html`);
	const names = await caches(page);
	expect(names).toHaveLength(3);
	expect(names).toContain('of another program');
	host.down = true;
	await page.goto(`${host.url}/sales/playbooks/a.html`);
	await expect(page.locator('h1')).toHaveText('Two');
	await page.goto(`${host.url}/playbooks/a.html`);
	await expect(page.locator('main')).toContainText('Call twice.');
});

// many is a site too large to be kept whole.
const many = (text, but) => Object.fromEntries(Array.from({ length: 420 }, (_, i) => [`playbooks/p${i}.md`, playbook(`P${i}`, `${text} ${i}.`)]).filter(([name]) => name !== `playbooks/${but}.md`));

test('of a large site it keeps what was visited, and what every reader needs', async ({ page, host, build }) => {
	host.folders['/'] = build(many('Call')) + '/';
	await kept(page, `${host.url}/playbooks/p1.html`);
	await page.goto(`${host.url}/playbooks/p2.html?role=account-manager`);
	await page.goto(`${host.url}/playbooks/p3.html`);
	host.down = true;
	for (const path of ['playbooks/p1.html', 'playbooks/p2.html', 'index.html', 'roles/account-manager.html']) {
		await page.goto(`${host.url}/${path}`);
		expect(new URL(page.url()).pathname).toBe(`/${path}`);
		await expect(page.locator('h1')).toBeVisible();
	}
	await page.goto(`${host.url}/playbooks/p9.html`);
	await expect(page.locator('h1')).toHaveText('This page is not on your device');
	await expect(page.locator('main a').first()).toHaveAttribute('href', `${host.url}/playbooks/p9.html`);

	host.down = false;
	host.folders['/'] = build(many('Write', 'p3')) + '/';
	host.answers['/playbooks/p2.html'] = 'none';
	await renewed(page, `${host.url}/index.html`);
	host.down = true;
	await page.goto(`${host.url}/playbooks/p1.html`);
	await expect(page.locator('main')).toContainText('Write 1.');
	await page.goto(`${host.url}/playbooks/p2.html`);
	await expect(page.locator('main')).toContainText('Call 2.');
	await page.goto(`${host.url}/playbooks/p3.html`);
	await expect(page.locator('h1')).toHaveText('This page is not on your device');

	// What could not be renewed is asked for again as soon as that can be.
	host.down = false;
	delete host.answers['/playbooks/p2.html'];
	await page.goto(`${host.url}/playbooks/p2.html`);
	await expect(page.locator('main')).toContainText('Write 2.');
});

test('a large download is kept once it was opened', async ({ page, host, build }) => {
	const site = { 'playbooks/a.md': playbook('Alpha', 'Send the [sheet](sheet.csv) or [the small one](small.csv).'), 'playbooks/sheet.csv': 'a,b\n'.repeat(300_000), 'playbooks/small.csv': 'a,b\n' };
	host.folders['/'] = build(site) + '/';
	await kept(page, `${host.url}/playbooks/a.html`);
	expect(host.asked).toContain('/playbooks/small.csv');
	expect(host.asked).not.toContain('/playbooks/sheet.csv');
	const size = () => page.evaluate(() => fetch('sheet.csv').then((r) => r.text()).then((t) => t.length, () => 0));
	expect(await size()).toBe(1_200_000);
	await expect.poll(() => page.evaluate(() => window.caches.match('sheet.csv').then(Boolean))).toBe(true);
	host.folders['/'] = build({ ...site, 'playbooks/b.md': playbook('Beta', 'Write.') }) + '/';
	host.asked = [];
	await renewed(page, `${host.url}/playbooks/a.html`);
	expect(host.asked).not.toContain('/playbooks/sheet.csv');
	host.down = true;
	expect(await size()).toBe(1_200_000);
});

for (const [what, answer, left] of [['that is gone', { status: 404 }, 0], ['that asks to sign in', { status: 302, headers: { Location: '/signin' } }, 1]]) {
	test(`a site ${what} is no longer answered for`, async ({ page, host, build }) => {
		host.folders['/'] = build({ 'playbooks/a.md': playbook('Alpha', 'Call.') }) + '/';
		await kept(page, `${host.url}/index.html`);
		host.answers['/sw.js'] = answer;
		await page.goto(`${host.url}/playbooks/a.html`);
		await expect.poll(() => page.evaluate(() => navigator.serviceWorker.getRegistrations().then((r) => r.length))).toBe(0);
		await expect.poll(async () => (await caches(page)).length).toBe(left);
	});
}

test('a file and the preview have no worker', async ({ page, build }) => {
	const dir = build({ 'playbooks/a.md': playbook('Alpha', 'Call.') });
	const asked = [];
	page.on('request', (r) => asked.push(r.url()));
	await page.goto(`file://${dir}/index.html`, { waitUntil: 'load' });
	await page.evaluate(() => new Promise((done) => requestIdleCallback(() => requestIdleCallback(done))));
	const site = new Site();
	try {
		await site.start();
		await page.goto(site.url);
		await page.locator('plumb-preview').waitFor({ state: 'attached' });
		await page.evaluate(() => new Promise((done) => requestIdleCallback(() => requestIdleCallback(done))));
		expect(await page.evaluate(() => navigator.serviceWorker.getRegistrations().then((r) => r.length))).toBe(0);
	} finally {
		await site.stop();
		site.remove();
	}
	expect(asked.filter((u) => u.endsWith('sw.js'))).toEqual([]);
});

test('search answers without a connection', async ({ page, host, build }) => {
	host.folders['/'] = build({ 'playbooks/a.md': playbook('Alpha', 'Bring the calibrated gauge.') });
	await kept(page, `${host.url}/`);
	host.down = true;
	await page.goto(`${host.url}/playbooks/a.html`);
	await page.keyboard.press('/');
	await page.keyboard.type('gauge');
	await expect(page.getByRole('option').first()).toContainText('calibrated gauge');
	await page.goto(`${host.url}/search.html?q=gauge`);
	await expect(page.locator('#page\\:find li').first()).toContainText('calibrated gauge');
});

test('a tab whose index is gone takes the newer one, past what the worker keeps', async ({ page, host, build }) => {
	host.folders['/'] = build({ 'playbooks/a.md': playbook('Alpha', 'Bring the calibrated gauge.') });
	await kept(page, `${host.url}/playbooks/a.html`);
	host.folders['/'] = build({ 'playbooks/a.md': playbook('Alpha', 'Bring the sharpened chisel.') });
	await page.evaluate(async () => {
		for (const name of await window.caches.keys()) {
			const cache = await window.caches.open(name);
			for (const request of await cache.keys()) {
				if (request.url.includes('/search/') && !request.url.endsWith('/root.js')) await cache.delete(request);
			}
		}
	});
	// All letters are asked for before the first of them is missed.
	let answer;
	host.held = new Promise((done) => (answer = done));
	await page.keyboard.press('/');
	await page.keyboard.type('chisel');
	await expect.poll(() => host.asked.some((path) => path.includes('/search/') && !path.includes('root'))).toBe(true);
	answer();
	await expect(page.getByRole('option').first()).toContainText('sharpened chisel');
});
