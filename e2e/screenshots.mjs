// Writes pictures and prints of each kind of page into a folder for a person to
// look at:
//     npm run screenshots [-- FOLDER]      (default ../bin/screenshots)
// and the pictures of the README into ../docs with
//     npm run screenshots -- --docs
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { launchOptions } from './chromium.mjs';
import { start } from './sites.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { sites, stop } = await start();
process.env.PLUMB_SITES = JSON.stringify(sites);
const { address, kinds } = await import('./pages.mjs');
const browser = await chromium.launch(launchOptions);
try {
	await (process.argv[2] === '--docs' ? docs() : all(process.argv[2] ?? join(here, '../bin/screenshots')));
} finally {
	await browser.close();
	stop();
}

async function all(folder) {
	mkdirSync(folder, { recursive: true });
	let count = 0;
	const save = async (page, name) => {
		await page.screenshot({ path: join(folder, `${name.replaceAll(' ', '-')}.png`), fullPage: true });
		count++;
	};
	for (const [device, viewport] of Object.entries({ phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } })) {
		for (const colorScheme of ['light', 'dark']) {
			const page = await browser.newPage({ viewport, colorScheme });
			for (const kind of kinds) {
				await page.goto(address(kind));
				await save(page, `${kind.name}-${device}-${colorScheme}`);
			}
			await page.close();
		}
	}
	await chosen(save);
	await print(folder);
	console.log(`${count} pictures and 3 prints in ${folder}`);
}

// chosen shows what a reader of a role sees, also with forced colours and on
// the narrowest phone.
async function chosen(save) {
	const looks = {
		'my role': { viewport: { width: 390, height: 844 } },
		'my role wide': { viewport: { width: 1680, height: 1050 } },
		'forced colours': { viewport: { width: 1280, height: 800 }, forcedColors: 'active' },
		narrowest: { viewport: { width: 320, height: 640 } },
	};
	for (const [look, options] of Object.entries(looks)) {
		const page = await browser.newPage(options);
		for (const kind of kinds.filter((k) => k.name === 'home' || k.name === 'playbook')) {
			await page.goto(`${address(kind)}?role=account-manager`);
			await save(page, `${kind.name}-${look}`);
		}
		await page.close();
	}
}

// print writes what comes out of a printer: the card of a role on both sizes of
// paper, and a playbook for everyone.
async function print(folder) {
	const page = await browser.newPage();
	const playbook = address(kinds.find((k) => k.name === 'playbook'));
	for (const [name, query, format] of [['playbook', '', 'A4'], ['card-A4', '?role=account-manager', 'A4'], ['card-Letter', '?role=account-manager', 'Letter']]) {
		await page.goto(playbook + query);
		await page.pdf({ path: join(folder, `${name}.pdf`), format });
	}
	await page.close();
}

// docs are the pictures of the README. The desk is in no site that readers see.
async function docs() {
	const wide = { width: 1280, height: 800 };
	const playbook = { width: 1280, height: 900 };
	const shown = { home: wide, playbook, search: wide, desk: playbook };
	for (const [name, viewport] of Object.entries(shown)) {
		const page = await browser.newPage({ viewport, colorScheme: 'light' });
		await page.goto(name === 'desk' ? desk() : address(kinds.find((k) => k.name === (name === 'search' ? 'playbook' : name))));
		if (name === 'search') {
			await page.keyboard.press('/');
			await page.keyboard.type('swap');
			await page.getByRole('option').first().waitFor();
		}
		const path = join(here, '../docs', `${name}.png`);
		await page.screenshot({ path });
		await page.close();
		const size = statSync(path).size;
		if (size > 200 << 10) throw new Error(`${path} has ${size} bytes, more than 200 KiB`);
		console.log(`${path}: ${size} bytes`);
	}
}

// desk builds the sample with the pages for its authors and returns the address of
// the one that shows what they are about.
function desk() {
	const top = join(sites.sample.dir, '../..');
	const out = join(top, 'desk/public');
	execFileSync(join(top, 'plumb'), ['build', join(here, '..'), '--desk', '--out', out, '--as-of', '2026-11-01', '--quiet'], { stdio: 'inherit' });
	return pathToFileURL(join(out, 'desk/roles.html')).href;
}
