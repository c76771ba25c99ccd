// Writes pictures of each kind of page into a folder for a person to look at:
//     npm run screenshots [-- FOLDER]      (default ../bin/screenshots)
// and the two pictures of the README into ../docs with
//     npm run screenshots -- --docs
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
	for (const [device, viewport] of Object.entries({ phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } })) {
		for (const colorScheme of ['light', 'dark']) {
			const page = await browser.newPage({ viewport, colorScheme });
			for (const kind of kinds) {
				await page.goto(address(kind));
				await page.screenshot({ path: join(folder, `${kind.name.replaceAll(' ', '-')}-${device}-${colorScheme}.png`), fullPage: true });
			}
			await page.close();
		}
	}
	console.log(`${kinds.length * 4} pictures in ${folder}`);
}

async function docs() {
	for (const [name, viewport] of Object.entries({ home: { width: 1280, height: 800 }, playbook: { width: 1280, height: 900 } })) {
		const page = await browser.newPage({ viewport, colorScheme: 'light' });
		await page.goto(address(kinds.find((k) => k.name === name)));
		const path = join(here, '../docs', `${name}.png`);
		await page.screenshot({ path });
		await page.close();
		const size = statSync(path).size;
		if (size > 200 << 10) throw new Error(`${path} has ${size} bytes, more than 200 KiB`);
		console.log(`${path}: ${size} bytes`);
	}
}
