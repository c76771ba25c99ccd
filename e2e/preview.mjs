// Runs “plumb serve” on a copy of the sample, one for each test, and those who may
// share a machine with it: a site published at the same port before, pages of
// other origins.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base } from '@playwright/test';
import { sites } from './pages.mjs';

const repo = dirname(dirname(fileURLToPath(import.meta.url)));

// The command that sites.mjs has built, beside the folder of each site.
const plumb = join(sites.sample?.dir ?? '', '../../plumb');

// The sample's day, for whatever Plumb says of it.
const day = '2026-11-01';

// One playbook, which most tests edit.
export const source = 'playbooks/tool-fleet-contract.md';
export const path = 'playbooks/tool-fleet-contract.html';

export class Site {
	constructor() {
		this.dir = mkdtempSync(join(tmpdir(), 'plumb-preview-'));
		for (const name of ['playbooks', 'plumb.yaml']) cpSync(join(repo, name), join(this.dir, name), { recursive: true });
	}

	// start serves the site and waits for the address it prints.
	async start(flags = '', port = 0) {
		const env = { ...process.env, VISUAL: '', EDITOR: '' };
		this.server = spawn(plumb, ['serve', this.dir, '--port', port, '--as-of', day, ...flags.split(' ').filter(Boolean)], { env, stdio: ['ignore', 'pipe', 'ignore'] });
		const lines = createInterface(this.server.stdout);
		for await (const line of lines) {
			const address = line.match(/http:\/\/\S+:(\d+)\//);
			if (!address) continue;
			[this.url, this.port] = [address[0], Number(address[1])];
			this.server.stdout.resume();
			return;
		}
		throw new Error('plumb serve has ended');
	}

	async stop() {
		if (!this.server || this.server.exitCode !== null || this.server.signalCode !== null) return;
		this.server.kill();
		await once(this.server, 'exit');
	}

	remove() {
		rmSync(this.dir, { recursive: true, force: true });
	}

	read(name) {
		return readFileSync(join(this.dir, name), 'utf8');
	}

	write(name, text) {
		mkdirSync(dirname(join(this.dir, name)), { recursive: true });
		writeFileSync(join(this.dir, name), text);
	}

	// edit replaces a text that the file has.
	edit(name, from, to) {
		const before = this.read(name);
		const after = before.replace(from, to);
		if (after === before) throw new Error(`${name} has no “${from}”`);
		this.write(name, after);
	}

	rename(from, to) {
		renameSync(join(this.dir, from), join(this.dir, to));
	}

	delete(name) {
		rmSync(join(this.dir, name), { recursive: true });
	}

	// override starts a file of the site's own theme as a copy of the default one.
	override(name) {
		mkdirSync(dirname(join(this.dir, 'themes/default', name)), { recursive: true });
		cpSync(join(repo, 'themes/default', name), join(this.dir, 'themes/default', name));
		return `themes/default/${name}`;
	}

	// plumb runs another command on the site and returns what it prints.
	plumb(command, ...flags) {
		return spawnSync(plumb, [command, this.dir, '--as-of', day, ...flags], { encoding: 'utf8' }).stdout;
	}

	// lineOf returns the line, from 1, on which a text stands.
	lineOf(name, text) {
		return 1 + this.read(name).split('\n').findIndex((line) => line.includes(text));
	}
}

// test has a site, which a test changes and starts. The page must run without an
// error and within its policy; what a browser says of an answer of 404 or none is
// no fault of the page.
export const test = base.extend({
	site: async ({}, use) => {
		const site = new Site();
		await use(site);
		await site.stop();
		site.remove();
	},
	page: async ({ page }, use) => {
		const faults = faultsOf(page);
		await use(page);
		expect(faults).toEqual([]);
	},
});

export function faultsOf(page) {
	const faults = [];
	page.on('pageerror', (err) => faults.push(`script: ${err}`));
	page.on('console', (m) => m.type() === 'error' && !m.text().startsWith('Failed to load resource') && faults.push(`console: ${m.text()}`));
	return faults;
}

// The parts of the preview as an author sees them.
export function tool(page) {
	const host = page.locator('plumb-preview');
	return {
		host,
		badge: host.locator('.badge'),
		errors: host.locator('.errors'),
		panel: host.locator('.panel'),
		said: host.locator('[role=status]'),
		changes: host.locator('.change'),
		away: host.locator('.away'),
	};
}

// open shows a page of the site and leaves a mark on the window, which a reload
// takes away. It waits until the window has read what it was made from: one whose
// server stops before that loads anew when it is back.
export async function open(page, site, where = path) {
	const asked = page.waitForRequest((r) => r.url().includes('/.plumb/events'));
	await page.goto(site.url + where);
	await asked;
	await tool(page).badge.waitFor();
	await page.waitForFunction(() => {
		const [visit] = performance.getEntriesByType('navigation');
		return visit.responseStatus >= 400 || performance.getEntriesByName(location.href.split('#')[0], 'resource').length > 0;
	});
	await page.evaluate(() => (window.marker = 'still here'));
}

export const marker = (page) => page.evaluate(() => window.marker);

// another serves files from memory, by path, on a free port.
export async function another(host, files) {
	const server = createServer((request, response) => {
		const [type, body] = files[new URL(request.url, 'http://x').pathname] ?? ['text/plain', 'no such file'];
		response.writeHead(200, { 'Content-Type': type, 'Service-Worker-Allowed': '/' }).end(body);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address();
	return {
		port,
		url: `http://${host}:${port}/`,
		async stop() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

// published is a site with a service worker that answers everything from its
// cache before it asks the network.
export function published(worker) {
	return another('127.0.0.1', {
		'/': ['text/html', '<!doctype html><title>Published</title><h1>Published</h1><script src="start.js"></script>'],
		'/start.js': ['text/javascript', `navigator.serviceWorker.register('/${worker}', { scope: '/' });`],
		[`/${worker}`]: ['text/javascript', `
			addEventListener('install', (e) => e.waitUntil(caches.open('site').then((c) => c.addAll(['/', '/start.js'])).then(() => skipWaiting())));
			addEventListener('activate', (e) => e.waitUntil(clients.claim()));
			addEventListener('fetch', (e) => e.respondWith(caches.match(e.request).then((hit) => hit ?? fetch(e.request))));`],
	});
}

// hostile is a page that tries to read a preview in all ways a browser has, and
// notes in window.results what each gave.
export function hostile(url) {
	const script = `
		const base = ${JSON.stringify(url)};
		window.results = [];
		const note = (what, got) => results.push(what + ': ' + (got || 'nothing'));
		const load = (what, tag, attribute, address) => {
			const e = document.createElement(tag);
			e.onload = () => note(what, 'loaded');
			e.onerror = () => note(what);
			e[attribute] = base + address;
			if (tag === 'link') e.rel = 'stylesheet';
			document.body.append(e);
		};
		const page = 'playbooks/tool-fleet-contract.html';
		fetch(base + page).then((r) => r.text()).then((t) => note('fetch', t), () => note('fetch'));
		fetch(base + '.plumb/inspect?page=' + page).then((r) => r.text()).then((t) => note('inspect', t), () => note('inspect'));
		fetch(base + page, { mode: 'no-cors' }).then((r) => r.text()).then((t) => note('no-cors', t), () => note('no-cors'));
		const events = new EventSource(base + '.plumb/events?page=' + page);
		events.addEventListener('state', (e) => note('events', e.data));
		events.onerror = () => { events.close(); note('events'); };
		load('image', 'img', 'src', 'theme/plumb.svg');
		load('script', 'script', 'src', '.plumb/preview.js');
		load('style', 'link', 'href', 'theme/plumb.css');
		const frame = document.createElement('iframe');
		frame.onload = () => { let text = ''; try { text = frame.contentDocument.body.textContent; } catch {} note('frame', text); };
		frame.src = base + page;
		document.body.append(frame);
		const opened = new XMLHttpRequest();
		opened.onload = () => note('xhr', opened.responseText);
		opened.onerror = () => note('xhr');
		opened.open('GET', base + '.plumb/events?page=' + page);
		opened.send();`;
	return { '/': ['text/html', '<!doctype html><title>Hostile</title><body><script src="hostile.js"></script>'], '/hostile.js': ['text/javascript', script] };
}

// faults returns what axe finds in the preview's own tree. It measures contrast
// below the body only, so the tool is moved there for good.
export async function faults(page) {
	await page.evaluate(() => {
		const host = document.querySelector('plumb-preview');
		if (host.parentElement === document.body) return true;
		const styles = host.shadowRoot.querySelector('link');
		const loaded = new Promise((done) => styles.addEventListener('load', done));
		document.body.append(host);
		return loaded.then(() => true);
	});
	const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
	const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode().include('plumb-preview').withTags(tags).analyze();
	if (!passes.some((p) => p.id === 'color-contrast')) throw new Error('axe has measured no contrast in the preview');
	return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html}`));
}
