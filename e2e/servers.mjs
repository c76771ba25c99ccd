// One build on every server that a sales force may have: at the root of a host,
// below a path of it, and on a disk.
//     node servers.mjs [SERVER…]      (default: all; e2e/setup.sh servers installs them)
// Each answers every file, byte for byte, with a type that browsers act on; every
// link leads somewhere; in Chromium a role is chosen, two playbooks are compared, a task is searched for.
import { execFileSync, spawn } from 'node:child_process';
import { accessSync, chmodSync, chownSync, constants, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { launchOptions } from './chromium.mjs';

const repo = dirname(dirname(fileURLToPath(import.meta.url)));
const below = 'sales/playbooks';

// Types that have to be right for browsers to show or run what is sent.
const types = {
	'.html': /^text\/html/, '.css': /^text\/css/, '.js': /^(text|application)\/(x-)?javascript/,
	'.svg': /^image\/svg\+xml/, '.png': /^image\/png/, '.json': /^application\/json/, '.xml': /^(text|application)\/xml/,
	// Browsers read a manifest whatever it is sent as, unless it is sent as a page.
	'.webmanifest': /^(?!text\/html)/, '.txt': /^text\/plain/, '.csv': /^(text|application)\//,
};

// How each server is started on a folder and a port, from a folder of its own
// for configuration and temporary files, in the foreground.
const servers = {
	nginx: (at) => ['nginx', '-p', at.own, '-e', 'stderr', '-c', config(at, 'nginx.conf', `
		daemon off; pid nginx.pid;
		events {}
		http {
			include /etc/nginx/mime.types; access_log off;
			${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${name};`).join(' ')}
			server { listen 127.0.0.1:${at.port}; root ${at.folder}; }
		}`)],
	apache: (at) => ['apache2', '-DFOREGROUND', '-f', config(at, 'apache.conf', `
		${['mpm_event', 'authz_core', 'dir', 'mime'].map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
		ServerName localhost
		Listen 127.0.0.1:${at.port}
		PidFile ${at.own}/apache.pid
		DefaultRuntimeDir ${at.own}
		ErrorLog ${at.own}/apache.log
		TypesConfig /etc/mime.types
		DocumentRoot ${at.folder}
		<Directory />
			Options FollowSymLinks
			Require all granted
		</Directory>`)],
	caddy: (at) => ['caddy', 'run', '--adapter', 'caddyfile', '--config', config(at, 'Caddyfile', `
		{
			admin off
			auto_https off
		}
		http://127.0.0.1:${at.port} {
			bind 127.0.0.1
			root * ${at.folder}
			file_server
		}`)],
	lighttpd: (at) => ['lighttpd', '-D', '-f', config(at, 'lighttpd.conf', `
		server.bind = "127.0.0.1"
		server.port = ${at.port}
		server.document-root = "${at.folder}"
		index-file.names = ( "index.html" )
		mimetype.assign = ( ${mimes().map(([ending, type]) => `"${ending}" => "${type}"`).join(', ')} )`)],
	busybox: (at) => ['busybox', 'httpd', '-f', '-p', `127.0.0.1:${at.port}`, '-h', at.folder, '-c', config(at, 'httpd.conf',
		mimes().map((pair) => pair.join(':')).join('\n'))],
	python: (at) => ['python3', '-m', 'http.server', String(at.port), '--bind', '127.0.0.1', '--directory', at.folder],
};

// The types that two of the servers have to be told.
const mimes = () => Object.entries({
	'.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.png': 'image/png', '.csv': 'text/csv',
	'.json': 'application/json', '.xml': 'application/xml', '.txt': 'text/plain', '.webmanifest': 'application/manifest+json',
});

function config(at, name, text) {
	const path = join(at.own, name);
	writeFileSync(path, text.replace(/^\t\t/gm, '').trim() + '\n');
	return path;
}

// ---- starting and stopping

// command finds a program, those of the system first: what is installed for one
// user may not run as another.
function command(name) {
	for (const dir of ['/usr/sbin', '/usr/bin', ...process.env.PATH.split(':')]) {
		try {
			accessSync(join(dir, name), constants.X_OK);
			return join(dir, name);
		} catch {
			// the next one
		}
	}
	throw new Error(`missing: the command ${name}: run e2e/setup.sh servers`);
}

const freePort = () => new Promise((done) => {
	const probe = createServer().listen(0, '127.0.0.1', () => {
		const { port } = probe.address();
		probe.close(() => done(port));
	});
});

// start runs a server on a folder, as nobody where this is run by root, and
// returns its address and what stops it.
async function start(name, tmp, folder) {
	const own = mkdtempSync(join(tmp, `${name}-`));
	const at = { own, folder, port: await freePort() };
	const [program, ...args] = servers[name](at);
	const nobody = process.getuid() === 0 ? { uid: 65534, gid: 65534 } : {};
	if (nobody.uid) for (const path of [own, ...readdirSync(own).map((f) => join(own, f))]) chownSync(path, nobody.uid, nobody.gid);
	const server = spawn(command(program), args, { ...nobody, cwd: own, env: { PATH: process.env.PATH, HOME: own }, stdio: ['ignore', 'ignore', 'pipe'] });
	let said = '';
	server.stderr.on('data', (text) => { said += text; });
	const ended = new Promise((done) => { server.on('close', done); });
	const url = `http://127.0.0.1:${at.port}/`;
	const stop = () => server.kill() && ended;
	for (const deadline = Date.now() + 10_000; ;) {
		if (await fetch(url).catch(() => null)) return { url, stop };
		if (server.exitCode !== null || Date.now() > deadline) {
			stop();
			throw new Error(`${name} does not answer: ${said.trim()}`);
		}
		await new Promise((again) => { setTimeout(again, 20); });
	}
}

// ---- what is asked of each place

// get reads an address over HTTP or from disk.
async function get(url) {
	if (url.startsWith('http:')) {
		const answer = await fetch(url, { redirect: 'manual' });
		return { status: answer.status, type: answer.headers.get('content-type') ?? 'none', bytes: Buffer.from(await answer.arrayBuffer()) };
	}
	const path = fileURLToPath(url);
	const isFile = statSync(path, { throwIfNoEntry: false })?.isFile();
	return isFile ? { status: 200, bytes: readFileSync(path) } : { status: 404 };
}

// linksOf are the addresses that a file leads to.
function linksOf(url, text) {
	const patterns = { '.html': /\s(?:href|src)="([^"]*)"/g, '.css': /url\(["']?([^"')]+)/g, '.webmanifest': /"(?:src|start_url|url)":"([^"]*)"/g };
	const found = [...text.matchAll(patterns[extname(new URL(url).pathname)] ?? /(?!)/g)].map(([, link]) => new URL(link.replaceAll('&amp;', '&').replaceAll('&#39;', "'"), url));
	return found.map((to) => (to.hash = to.search = '') || to.href);
}

// crawl follows all links from the home page, asks for all other files too, and
// compares every one with the file that was built.
async function crawl(root, folder, faults) {
	const files = readdirSync(folder, { recursive: true }).filter((path) => !path.startsWith('.plumb') && statSync(join(folder, path)).isFile());
	const urlOf = (path) => root + path.split('/').map(encodeURIComponent).join('/');
	const paths = new Map(files.map((path) => [urlOf(path), path]));
	const queue = [urlOf('index.html'), ...paths.keys()];
	const seen = new Set();
	const counts = { pages: 0, files: 0, links: 0 };
	for (let url = queue.shift(); url; url = queue.shift()) {
		if (seen.has(url)) continue;
		seen.add(url);
		const { status, type, bytes } = await get(url);
		if (status !== 200) {
			faults.push(`${url}: ${status}`);
			continue;
		}
		const path = paths.get(url);
		if (!path) faults.push(`${url}: answered, and is no file of the site`);
		else if (!bytes.equals(readFileSync(join(folder, path)))) faults.push(`${url}: not the bytes that were built`);
		if (type && !types[extname(url)]?.test(type)) faults.push(`${url}: sent as ${type}`);
		counts[url.endsWith('.html') ? 'pages' : 'files']++;
		// The page for what is missing has links of its own: they begin at the root.
		const links = url === urlOf('404.html') ? [] : linksOf(url, bytes.toString());
		counts.links += links.length;
		const own = links.filter((to) => to.startsWith(new URL(root).protocol) && new URL(to).host === new URL(root).host);
		queue.unshift(...own);
	}
	return counts;
}

// read does in Chromium what a rep does, and notes whatever goes wrong.
async function read(browser, root, faults) {
	const context = await browser.newContext();
	const page = await context.newPage();
	page.setDefaultTimeout(10_000);
	page.on('console', (m) => faults.push(`${page.url()}: console: ${m.text()}`));
	page.on('pageerror', (err) => faults.push(`${page.url()}: script: ${err}`));
	// What is still under way when the next page is opened is given up.
	page.on('requestfailed', (r) => r.failure().errorText === 'net::ERR_ABORTED' || faults.push(`${r.url()}: failed: ${r.failure().errorText}`));
	page.on('response', (r) => r.status() < 400 || faults.push(`${r.url()}: ${r.status()}`));
	const see = async (what, selector, text) => {
		const all = page.locator(selector).filter({ hasText: text });
		await all.first().waitFor({ state: 'visible' }).catch(() => faults.push(`${page.url()}: ${what} is not to be seen`));
	};
	await page.goto(`${root}index.html`);
	await see('the mark of a playbook', '.dot a', 'Tool fleet contract');
	await page.goto(`${root}playbooks/tool-fleet-contract.html?role=field-engineer`);
	await see('the role’s name', '[data-role-name]', 'Field engineer');
	await see('the role’s tasks', '.tasks[data-roles~=field-engineer] li', '');
	const others = await page.locator('.tasks[data-roles]:not([data-roles~=field-engineer]) > li').evaluateAll((list) => list.filter((e) => e.checkVisibility()).length);
	if (others > 0) faults.push(`${page.url()}: tasks of other roles are to be seen`);
	await page.locator('.do-compare').first().click();
	await page.waitForURL(/compare\.html\?a=/);
	await see('the playbook it was compared from', '.comparison h2', 'Tool fleet contract');
	await page.goto(`${root}compare.html?a=playbooks/basix/trade-counters.html&b=playbooks/northline/hospital-uptime.html`);
	await see('the first playbook', '.comparison h2', 'Trade counter');
	await see('the second playbook', '.comparison h2', 'Hospital uptime');
	await page.goto(`${root}roles/field-engineer.html${root.startsWith('file:') ? '?role=field-engineer' : ''}`);
	await see('the chosen role', '[data-role-name]', 'Field engineer');
	await see('the button that says so', '[data-does=my-role][aria-pressed=true]', '');
	await page.keyboard.press('/');
	await page.keyboard.type('swap lock');
	await see('what was searched for, in the panel', '[role=option]', 'swap locker');
	await page.goto(`${root}search.html?q=loan+pool&kind=process`);
	await see('what was searched for, on its page', '#page\\:find li', 'Loan pool');
	if (root.startsWith('http:')) {
		const scope = await page.evaluate(() => navigator.serviceWorker.ready.then((r) => r.scope));
		if (scope !== root) faults.push(`${root}: the worker keeps ${scope}`);
	}
	await context.close();
}

// visit asks everything of one place, and prints a row of the table.
async function visit(browser, name, place, root, folder) {
	const faults = [];
	const begin = Date.now();
	if (root.startsWith('http:')) {
		for (const [path, wanted] of [['', 200], ['no/such/page.html', 404]]) {
			const { status } = await get(root + path);
			if (status !== wanted) faults.push(`${root}${path}: ${status}, not ${wanted}`);
		}
	}
	const { pages, files, links } = await crawl(root, folder, faults);
	await read(browser, root, faults);
	row(name, place, pages, files, links, faults.length, `${((Date.now() - begin) / 1000).toFixed(1)} s`);
	for (const fault of faults) console.log(`    ${fault}`);
	return faults.length;
}

function row(...cells) {
	const widths = [9, 18, 6, 6, 6, 7, 7];
	console.log(cells.map((cell, i) => (i < 2 ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i]))).join(' '));
}

const tmp = mkdtempSync(join(tmpdir(), 'plumb-servers-'));
const browser = await chromium.launch(launchOptions);
let faults = 0;
try {
	chmodSync(tmp, 0o755);
	const folder = join(tmp, 'public');
	execFileSync('go', ['run', './cmd/plumb', 'build', '--out', folder, '--quiet'], { cwd: repo, stdio: 'inherit' });
	mkdirSync(join(tmp, 'host', dirname(below)), { recursive: true });
	symlinkSync(folder, join(tmp, 'host', below));
	row('server', 'place', 'pages', 'files', 'links', 'faults', 'took');
	for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(servers)) {
		for (const [place, docs] of [['', folder], [`${below}/`, join(tmp, 'host')]]) {
			const { url, stop } = await start(name, tmp, docs);
			try {
				faults += await visit(browser, name, `/${place}`, url + place, folder);
			} finally {
				await stop();
			}
		}
	}
	faults += await visit(browser, 'none', 'file://', `${pathToFileURL(folder).href}/`, folder);
} finally {
	await browser.close();
	rmSync(tmp, { recursive: true, force: true });
}
if (faults > 0) process.exitCode = 1;
