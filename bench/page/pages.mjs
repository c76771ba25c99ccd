// How fast and how good pages are for a reader with a telephone on a slow line:
//     node pages.mjs [--write]      (--write puts the results into README.md)
// Lighthouse as it judges telephones, and the largest paint under the throttling
// of Chromium's developer tools. It fails where less is reached than promised.
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import lighthouse from 'lighthouse';
import puppeteer from 'puppeteer-core';
import { launchOptions } from '../../e2e/chromium.mjs';

const repo = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const pages = { home: 'index.html', playbook: 'playbooks/tool-fleet-contract.html', role: 'roles/account-manager.html' };
const categories = ['performance', 'accessibility', 'best-practices', 'seo'];
const judgements = 3;
const loads = 5;

// The line and the processor of Lighthouse's telephone.
const slow = { latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8, offline: false };
const slowdown = 4;
const promised = { lcp: 1500, cls: 0 };

const types = {
	'.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.png': 'image/png',
	'.json': 'application/json', '.txt': 'text/plain', '.webmanifest': 'application/manifest+json', '.csv': 'text/csv',
};
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
	+ "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";

// build makes the sample as a site that search engines may list.
function build(tmp) {
	for (const name of ['plumb.yaml', 'playbooks']) cpSync(join(repo, name), join(tmp, name), { recursive: true });
	appendFileSync(join(tmp, 'plumb.yaml'), '\nindexing: true\n');
	execFileSync('go', ['run', './cmd/plumb', 'build', tmp, '--out', join(tmp, 'public'), '--quiet'], { cwd: repo, stdio: 'inherit' });
	return join(tmp, 'public');
}

// serve answers with the files of a folder, packed as servers do it.
function serve(folder) {
	const server = createServer((request, response) => {
		const path = join(folder, decodeURIComponent(new URL(request.url, 'http://x').pathname));
		if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return response.writeHead(404).end();
		const packs = !path.endsWith('.png') && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
		const body = packs ? gzipSync(readFileSync(path)) : readFileSync(path);
		response.writeHead(200, {
			'Content-Type': types[extname(path)] ?? 'application/octet-stream', 'Content-Length': body.length, ...(packs && { 'Content-Encoding': 'gzip' }),
			'Content-Security-Policy': policy, 'Cache-Control': 'no-cache', Vary: 'Accept-Encoding',
		}).end(body);
	});
	return new Promise((done) => { server.listen(0, '127.0.0.1', () => done(server)); });
}

// fresh does something with a page of a browser that knows nothing yet.
async function fresh(act) {
	const browser = await puppeteer.launch({ executablePath: launchOptions.executablePath, args: launchOptions.args, headless: true });
	try {
		return await act(await browser.newPage(), await browser.version());
	} finally {
		await browser.close();
	}
}

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

// ---- Lighthouse

async function judge(url) {
	const { lhr } = await fresh((page) => lighthouse(url, { logLevel: 'error', onlyCategories: categories }, undefined, page));
	if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
	const value = (id) => lhr.audits[id].numericValue;
	return {
		scores: categories.map((id) => Math.round(lhr.categories[id].score * 100)),
		lcp: value('largest-contentful-paint'), cls: value('cumulative-layout-shift'), tbt: value('total-blocking-time'),
		bytes: value('total-byte-weight'), requests: new Set(lhr.audits['network-requests'].details.items.map((r) => r.url)).size,
		below: Object.values(lhr.audits).filter((a) => a.score !== null && a.score < 1 && a.scoreDisplayMode !== 'informative').map(shortcoming),
	};
}

// shortcoming names an audit, and what it found where that is a fault of the page.
function shortcoming({ id, score, scoreDisplayMode, details }) {
	const found = scoreDisplayMode === 'binary' ? (details?.items ?? []).map((item) => item.node?.snippet ?? item.text ?? '') : [];
	return [id, [`${id} ${score}`, ...found.map((f) => `\`${f}\``)].join(' ')];
}

async function judgeAll(root) {
	const rows = [['page', ...categories, 'LCP', 'CLS', 'TBT', 'bytes', 'requests']];
	const notes = [];
	let missed = 0;
	for (const [name, path] of Object.entries(pages)) {
		const runs = [];
		for (let i = 0; i < judgements; i++) runs.push(await judge(root + path));
		const of = (key) => median(runs.map((r) => r[key]));
		const scores = categories.map((_, i) => median(runs.map((r) => r.scores[i])));
		rows.push([name, ...scores, `${Math.round(of('lcp'))} ms`, of('cls').toFixed(3), `${Math.round(of('tbt'))} ms`, of('bytes'), of('requests')]);
		missed += scores.filter((s) => s < 100).length;
		const below = new Map(runs.flatMap((r) => r.below));
		if (below.size > 0) notes.push(`Audits below 1, ${name}: ${[...below.values()].join('; ')}`);
	}
	return { rows, notes, missed };
}

// ---- on a slow line

async function load(url) {
	return fresh(async (page) => {
		await page.setViewport({ width: 412, height: 823, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true });
		await page.evaluateOnNewDocument(() => {
			window.seen = { lcp: 0, cls: 0 };
			new PerformanceObserver((list) => { for (const e of list.getEntries()) window.seen.lcp = e.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
			new PerformanceObserver((list) => { for (const e of list.getEntries()) window.seen.cls += e.value; }).observe({ type: 'layout-shift', buffered: true });
		});
		const tools = await page.createCDPSession();
		await tools.send('Network.enable');
		await tools.send('Network.emulateNetworkConditions', slow);
		await tools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
		await page.goto(url, { waitUntil: 'networkidle0' });
		const seen = await page.evaluate(() => window.seen);
		if (!seen.lcp) throw new Error(`${url}: nothing was painted`);
		return seen;
	});
}

async function loadAll(root) {
	const rows = [['page', 'LCP, median', 'LCP, worst', 'CLS, worst']];
	let missed = 0;
	for (const [name, path] of Object.entries(pages)) {
		const runs = [];
		for (let i = 0; i < loads; i++) runs.push(await load(root + path));
		const lcp = median(runs.map((r) => r.lcp));
		const cls = Math.max(...runs.map((r) => r.cls));
		rows.push([name, `${Math.round(lcp)} ms`, `${Math.round(Math.max(...runs.map((r) => r.lcp)))} ms`, cls.toFixed(3)]);
		missed += (lcp >= promised.lcp) + (cls > promised.cls);
	}
	return { rows, missed };
}

// ---- weights

// weights are the bytes of the files that a first view asks for, packed.
function weights(folder) {
	const size = (path) => gzipSync(readFileSync(join(folder, path))).length;
	return [['page', 'HTML', 'style', 'scripts'], ...Object.entries(pages).map(([name, path]) => {
		const html = readFileSync(join(folder, path), 'utf8');
		const sum = (pattern) => [...html.matchAll(pattern)].reduce((n, [, link]) => n + size(join(dirname(path), link)), 0);
		return [name, size(path), sum(/<link rel="stylesheet" href="([^"]*)"/g), sum(/<script src="([^"]*)"/g)];
	})];
}

const table = ([head, ...rows]) => [head, head.map(() => '---'), ...rows].map((r) => `| ${r.join(' | ')} |`).join('\n');

async function machine() {
	const chromium = await fresh(async (_, version) => version);
	const { version } = JSON.parse(readFileSync(join(dirname(fileURLToPath(import.meta.resolve('lighthouse'))), '../package.json')));
	return `${cpus().length} × ${cpus()[0].model}; ${chromium}, Lighthouse ${version}, Node.js ${process.versions.node}`;
}

const tmp = mkdtempSync(join(tmpdir(), 'plumb-pages-'));
try {
	const folder = build(tmp);
	const server = await serve(folder);
	const root = `http://127.0.0.1:${server.address().port}/`;
	const judged = await judgeAll(root);
	const loaded = await loadAll(root);
	server.closeAllConnections();
	server.close();
	const text = [
		await machine(),
		`Lighthouse, median of ${judgements}:`, table(judged.rows), ...judged.notes,
		`The largest paint and what moves, at ${slow.latency} ms latency, 1.6 Mbit/s and ${slowdown}× slowdown, ${loads} first visits each:`, table(loaded.rows),
		'What a first view weighs, packed by gzip, in bytes:', table(weights(folder)),
	].join('\n\n');
	console.log(text);
	if (process.argv.includes('--write')) {
		const readme = join(repo, 'bench/page/README.md');
		writeFileSync(readme, readFileSync(readme, 'utf8').replace(/(<!-- results -->\n)[^]*$/, (_, mark) => `${mark}\n${text}\n`));
	}
	if (judged.missed + loaded.missed > 0) process.exitCode = 1;
} finally {
	rmSync(tmp, { recursive: true, force: true });
}
