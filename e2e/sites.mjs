// Builds the sites that the tests look at and serves them on loopback. As the
// default export it is Playwright's global set-up; screenshots.mjs uses it too.
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const repo = dirname(dirname(fileURLToPath(import.meta.url)));

// The day of every build, so that no finding and no word depends on today.
const day = '2026-11-01';

export const prefix = '/sales/playbooks';

// start builds three sites: the sample; the sample with a base_url, for a
// sub-path; and one too large for the sample, with the pages that a small site
// does not have. It returns { sample, below, large }, each with the folder and
// the address of the home page's folder, and a function that ends it all.
export async function start() {
	const tmp = mkdtempSync(join(tmpdir(), 'plumb-e2e-'));
	const servers = [];
	const stop = () => {
		servers.forEach((s) => s.kill());
		rmSync(tmp, { recursive: true, force: true });
	};
	try {
		execFileSync('go', ['build', '-o', tmp + '/', './cmd/plumb', './cmd/serve'], { cwd: repo, stdio: 'inherit' });
		const site = async (name, source, below) => {
			const dir = join(tmp, name, 'public');
			execFileSync(join(tmp, 'plumb'), ['build', source, '--out', dir, '--as-of', day, '--quiet'], { stdio: 'inherit' });
			return { dir, url: await serve(servers, join(tmp, 'serve'), dir, below) };
		};
		const sites = {
			sample: await site('sample', repo, '/'),
			below: await site('below', moved(join(tmp, 'below')), prefix),
			large: await site('large', large(join(tmp, 'large')), '/'),
		};
		return { sites, stop };
	} catch (err) {
		stop();
		throw err;
	}
}

export default async function globalSetup() {
	const { sites, stop } = await start();
	process.env.PLUMB_SITES = JSON.stringify(sites);
	return stop;
}

// serve starts the server on a free port and waits for the address it prints.
async function serve(servers, command, dir, below) {
	const server = spawn(command, ['-dir', dir, '-addr', '127.0.0.1:0', '-prefix', below], { stdio: ['ignore', 'pipe', 'inherit'] });
	servers.push(server);
	for await (const line of createInterface(server.stdout)) {
		return line.split(' ')[0].replace(/index\.html$/, '');
	}
	throw new Error(`the server of ${dir} ended`);
}

// moved is the sample with the address of a sub-path.
function moved(source) {
	mkdirSync(source);
	for (const name of ['plumb.yaml', 'playbooks']) {
		cpSync(join(repo, name), join(source, name), { recursive: true });
	}
	appendFileSync(join(source, 'plumb.yaml'), `\nbase_url: https://playbooks.example.com${prefix}/\n`);
	return source;
}

// large is a site with bins on its line, lists of several pages and pages in
// other languages.
function large(source) {
	mkdirSync(join(source, 'playbooks'), { recursive: true });
	for (let i = 0; i < 160; i++) {
		const lang = { 3: 'de', 7: 'ja' }[i % 10] ?? 'en';
		writeFileSync(join(source, 'playbooks', `p${i}.md`), playbook(i, lang));
	}
	return source;
}

const words = {
	en: ['Offer', 'Value proposition', 'Selling tasks', 'Metrics', 'For buyers who count'],
	de: ['Angebot', 'Nutzenversprechen', 'Verkaufsaufgaben', 'Kennzahlen', 'Für Käufer, die rechnen'],
	ja: ['提案', '価値提案', '営業タスク', '指標', '数える顧客のための提案'],
};

function playbook(i, lang) {
	const [offer, value, tasks, metrics, text] = words[lang];
	return `---
title: ${offer} ${i}
position: ${(i * 37) % 101}
position_reason: ${text}
segment: segment-${i % 4}
lang: ${lang}
${i % 20 === 9 ? 'illustrative: true' : 'owner: Dana Okafor'}
---

## ${value}

${text} ${i}.

## ${tasks}

### Account manager

1. ${text} 1.
2. ${text} 2.${i}.
3. ${text} 3.${i}.

## ${metrics}

| Metric | Role | Target |
| --- | --- | --- |
| ${offer} ${i % 7} | Account manager | ${i} |
`;
}
