// Plumb's search beside Pagefind's, on the same pages:
//     node bench/search/search.mjs --n 1000,10000 [--runs 3] [--write]
// (--write puts the results into README.md.) What is measured and how is said there.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '../../e2e/node_modules/@playwright/test/index.mjs';
import { launchOptions } from '../../e2e/chromium.mjs';
import * as pagefind from './pagefind.mjs';
import * as plumb from './plumb.mjs';
import { here, packed, run, serve, tools } from './site.mjs';
import { keystrokes, slowdown } from './typing.mjs';

const { values: wanted } = parseArgs({ options: { n: { type: 'string', default: '1000,10000' }, runs: { type: 'string', default: '3' }, seed: { type: 'string', default: '1' }, write: { type: 'boolean' } } });

// Questions of three words that are in very many playbooks.
const common = [
	'discount repair audit', 'quarterly customer visit', 'price hours crew', 'warranty claim refund',
	'order delivery stock', 'contract renewal fee', 'measure repair cost', 'tender bid decision',
];
const shown = 8;
const looked = 10;

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const share = (list, part) => list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))];
const kilobytes = (n) => `${(n / 1024).toFixed(1)} KB`;
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
const range = (list, as) => (list.length ? `${as(median(list))} (≤ ${as(Math.max(...list))})` : 'none');
const spread = (list) => `median ${median(list).toFixed(0)} ms, p95 ${share(list, 0.95).toFixed(0)} ms, worst ${Math.max(...list).toFixed(0)} ms`;
const table = ([head, ...rows]) => [head, head.map(() => '---'), ...rows].map((r) => `| ${r.join(' | ')} |`).join('\n');

// ---- bytes

// first tells what each query transfers to a reader who has nothing yet.
async function first(browser, engine, server, queries) {
	const out = [];
	for (const query of queries) {
		const context = await browser.newContext();
		const page = await context.newPage();
		await engine.open(page, server.root);
		await engine.ask(page, query, shown);
		out.push(server.bytes());
		await context.close();
	}
	return out;
}

// later tells what queries transfer one after the other, the first aside.
async function later(browser, engine, server, queries) {
	const context = await browser.newContext();
	const page = await context.newPage();
	await engine.open(page, server.root);
	const out = [];
	for (const query of queries) {
		await engine.ask(page, query, shown);
		out.push(server.bytes());
	}
	await context.close();
	return out.slice(1);
}

// ---- answers

// answers asks all questions and counts, by class, at which place the answer came.
// whole wants the very place, not the page alone.
async function answers(browser, engine, server, questions, whole) {
	const context = await browser.newContext();
	const page = await context.newPage();
	await engine.open(page, server.root);
	const classes = new Map();
	for (const [name, query, place] of questions) {
		const found = await engine.ask(page, query, looked);
		const at = (list, one) => list.indexOf(one) + 1;
		const rank = whole ? at(found, place) : at([...new Set(found.map((f) => f.split('#')[0]))], place.split('#')[0]);
		classes.set(name, [...(classes.get(name) ?? []), rank]);
		if (process.env.MISSES && rank !== 1) console.error([engine.folder, whole ? 'place' : 'page', name, query, place, rank, found[0]].join('\t'));
	}
	await context.close();
	server.bytes();
	return classes;
}

function score(ranks) {
	const part = (test) => (ranks.filter(test).length / ranks.length).toFixed(2);
	const mrr = ranks.reduce((sum, r) => sum + (r && 1 / r), 0) / ranks.length;
	return `${part((r) => r === 1)} · ${part((r) => r > 0 && r <= 3)} · ${mrr.toFixed(2)}`;
}

function scores(columns) {
	const names = [...columns[0].keys()];
	const all = (classes) => [...classes.values()].flat();
	return [
		['questions', 'Plumb, the place', 'Plumb, the page', 'Pagefind, the page'],
		...names.map((name) => [`${name} (${columns[0].get(name).length})`, ...columns.map((c) => score(c.get(name)))]),
		[`**all** (${all(columns[0]).length})`, ...columns.map((c) => score(all(c)))],
	];
}

// ---- one size

// builds makes both indexes by turns, so that whatever else the machine does
// meets both.
function builds(binaries, site, runs) {
	const times = { whole: [], search: [], pagefind: [] };
	for (let i = 0; i < runs; i++) {
		const { whole, search } = plumb.build(binaries.plumb, site);
		times.whole.push(whole);
		times.search.push(search);
		times.pagefind.push(pagefind.build(join(site, 'public')));
	}
	return times;
}

async function transfers(browser, engine, server, rare) {
	const { root } = server;
	const context = await browser.newContext();
	await engine.open(await context.newPage(), root);
	const opening = server.bytes();
	await context.close();
	return {
		opening,
		firstCommon: await first(browser, engine, server, common), firstRare: await first(browser, engine, server, rare),
		laterCommon: await later(browser, engine, server, common), laterRare: await later(browser, engine, server, rare),
	};
}

// queriesToType is questions of all kinds that a person would type.
function queriesToType(questions) {
	const of = (name, n) => questions.filter((q) => q[0] === name).slice(0, n).map((q) => q[1]);
	return [...common, ...of('exact', 6), ...of('two words', 4), ...of('typo', 4), ...of('prefix', 4)];
}

async function measure(n, tmp, binaries, browser) {
	const site = join(tmp, `n${n}`);
	run(binaries.corpus, ['-n', n, '-seed', wanted.seed, '-out', site]);
	const questions = readFileSync(join(site, 'questions.tsv'), 'utf8').trim().split('\n').map((line) => line.split('\t'));
	const rare = questions.filter((q) => q[0] === 'exact').slice(0, common.length).map((q) => q[1]);
	const output = join(site, 'public');
	const times = builds(binaries, site, Number(wanted.runs));
	const strict = await serve(output);
	const free = await serve(output, { csp: '' });
	const out = {
		n, times, output, ours: { index: plumb.index(output) }, theirs: { index: pagefind.index(output) },
		refused: await pagefind.refused(await browser.newPage(), strict.root),
	};
	strict.bytes();
	Object.assign(out.ours, await transfers(browser, plumb, strict, rare));
	Object.assign(out.theirs, await transfers(browser, pagefind, free, rare));
	out.scores = scores([
		await answers(browser, plumb, strict, questions, true), await answers(browser, plumb, strict, questions, false),
		await answers(browser, pagefind, free, questions, false),
	]);
	out.keys = (await keystrokes(await browser.newContext(), strict.root, output, queriesToType(questions)));
	strict.close();
	free.close();
	return out;
}

// ---- the report

function report(m) {
	const row = (name, of) => [name, of(m.ours), of(m.theirs)];
	const part = (100 * median(m.times.search) / median(m.times.whole)).toFixed(1);
	return [
		`## ${m.n.toLocaleString('en')} playbooks`,
		table([
			['', 'Plumb', 'Pagefind'],
			row('first answer, common words', (s) => range(s.firstCommon, kilobytes)),
			row('first answer, rare words', (s) => range(s.firstRare, kilobytes)),
			row('of these: script, and what loads with it', (s) => kilobytes(s.opening)),
			row('a later answer, common words', (s) => range(s.laterCommon, kilobytes)),
			row('a later answer, rare words', (s) => range(s.laterRare, kilobytes)),
			row('largest file', (s) => `${kilobytes(s.index.largest.packed)} (${s.index.largest.name})`),
			row('whole index, packed', (s) => kilobytes(s.index.packed)),
			row('whole index, stored', (s) => kilobytes(s.index.stored)),
			row('files', (s) => s.index.files),
			['time of the index', `${range(m.times.search, seconds)}: ${part}% of the build’s ${seconds(median(m.times.whole))}`, range(m.times.pagefind, seconds)],
			[`key to painted results, ${slowdown}× slowdown, ${m.keys.length} keys`, spread(m.keys.map((k) => k.ms)), ''],
			['key to the answer, before it is drawn', spread(m.keys.map((k) => k.answered)), ''],
			['our overlay, theirs (default UI with its style sheet)', kilobytes(packed(join(m.output, 'theme/search.js'))), kilobytes(packed(join(m.output, 'pagefind/pagefind-ui.js')) + packed(join(m.output, 'pagefind/pagefind-ui.css')))],
		]),
		'Hit at 1 · hit at 3 · MRR:', table(m.scores),
		m.refused ? `Pagefind under the policy of Plumb’s pages: \`${m.refused.slice(0, 400)}\`` : 'Pagefind ran under the policy of Plumb’s pages.',
	].join('\n\n');
}

const tmp = mkdtempSync(join(tmpdir(), 'plumb-search-'));
const browser = await chromium.launch(launchOptions);
try {
	const binaries = tools(tmp);
	const { version } = JSON.parse(readFileSync(join(here, 'node_modules/pagefind/package.json')));
	const parts = [`${cpus().length} × ${cpus()[0].model}; ${run(binaries.plumb, ['--version']).trim()}, Pagefind ${version}, Chromium ${browser.version()}, Node.js ${process.versions.node}`];
	for (const n of wanted.n.split(',')) parts.push(report(await measure(Number(n), tmp, binaries, browser)));
	const text = parts.join('\n\n');
	console.log(text);
	if (wanted.write) {
		const readme = join(here, 'README.md');
		writeFileSync(readme, readFileSync(readme, 'utf8').replace(/(<!-- results -->\n)[^]*$/, (_, mark) => `${mark}\n${text}\n`));
	}
} finally {
	await browser.close();
	rmSync(tmp, { recursive: true, force: true });
}
