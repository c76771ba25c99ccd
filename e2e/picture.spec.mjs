// Pictures keep their place before they are there: every format is drawn here, in
// the browser that shows it.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from '@playwright/test';
import { sites } from './pages.mjs';

// The commands that sites.mjs has built, beside the folder of each site.
const command = (name) => join(sites.sample?.dir ?? '', '../..', name);

let dir, server, url;

test.beforeAll(async ({ browser }) => {
	dir = mkdtempSync(join(tmpdir(), 'plumb-picture-'));
	mkdirSync(join(dir, 'playbooks'));
	const page = await browser.newPage();
	for (const [name, data] of await drawn(page)) writeFileSync(join(dir, 'playbooks', name), data);
	await page.close();
	writeFileSync(join(dir, 'plumb.yaml'), 'theme: {logo: logo.svg, accent: "#7a3b69"}\n');
	writeFileSync(join(dir, 'playbooks/a.md'), text);
	execFileSync(command('plumb'), ['build', dir, '--out', join(dir, 'public'), '--quiet'], { stdio: 'inherit' });
	url = await serve(join(dir, 'public'));
});

test.afterAll(() => {
	server?.kill();
	rmSync(dir, { recursive: true, force: true });
});

const names = ['photo.png', 'photo.jpg', 'side.jpg', 'other-side.jpg', 'upside-down.jpg', 'photo.webp', 'sized.svg', 'boxed.svg', 'wide.svg'];

const text = `# Pictures\n\n${names.map((n) => `![${n}](${n})\n\nSome words below ${n}.\n`).join('\n')}`;

async function drawn(page) {
	const draw = async (type) => Buffer.from(await page.evaluate(picture, type), 'base64');
	const jpeg = await draw('image/jpeg');
	const svg = (attributes) => `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><rect width="100%" height="100%" fill="teal"/></svg>`;
	return [
		['photo.png', await draw('image/png')], ['photo.jpg', jpeg], ['photo.webp', await draw('image/webp')],
		['side.jpg', turned(jpeg, 6)], ['other-side.jpg', turned(jpeg, 8)], ['upside-down.jpg', turned(jpeg, 3)],
		['sized.svg', svg('width="2in" height="1in"')], ['boxed.svg', svg('viewBox="0 0 300 120"')], ['wide.svg', svg('width="3000" height="300"')],
		['logo.svg', svg('viewBox="0 0 90 30"')],
	];
}

// picture draws 160 by 90 pixels, in the page.
async function picture(type) {
	const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 90 });
	const pen = canvas.getContext('2d');
	pen.fillStyle = 'teal';
	pen.fillRect(0, 0, 160, 90);
	return canvas.toDataURL(type).split(',')[1];
}

// turned is a JPEG file with the EXIF data of a camera that was held otherwise.
function turned(jpeg, orientation) {
	const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
	tiff.writeUInt16BE(orientation, 18);
	const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
	const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
	return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}

async function serve(folder) {
	server = spawn(command('serve'), ['-dir', folder, '-addr', '127.0.0.1:0', '-prefix', '/'], { stdio: ['ignore', 'pipe', 'inherit'] });
	for await (const line of createInterface(server.stdout)) return line.split(' ')[0].replace(/index\.html$/, '');
	throw new Error('the server has ended');
}

// shifts opens the page with its pictures held back until all else is painted,
// and returns how far it moved when they came.
async function shifts(page) {
	let release;
	const held = new Promise((go) => { release = go; });
	await page.route(/\.(png|jpg|webp|svg)$/, async (route) => {
		await held;
		await route.continue();
	});
	await page.addInitScript(() => {
		window.shifted = 0;
		new PerformanceObserver((list) => list.getEntries().forEach((e) => { window.shifted += e.value; })).observe({ type: 'layout-shift', buffered: true });
	});
	await page.goto(`${url}a.html`, { waitUntil: 'domcontentloaded' });
	await frames(page);
	release();
	await page.evaluate(() => Promise.all([...document.images].map((i) => {
		i.loading = 'eager';
		return i.decode();
	})));
	await frames(page);
	return page.evaluate(() => window.shifted);
}

// frames waits until what has changed is painted.
const frames = (page) => page.evaluate(() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(go)))));

for (const width of [320, 1280]) {
	test(`at ${width} px nothing moves when the pictures come`, async ({ page }) => {
		await page.setViewportSize({ width, height: 900 });
		expect(await shifts(page)).toBe(0);
	});
}

test('without their sizes the pictures would move the text', async ({ page }) => {
	await page.route(/a\.html$/, async (route) => {
		const response = await route.fetch();
		const body = (await response.text()).replace(/ width="\d+" height="\d+"/g, '');
		await route.fulfill({ response, body });
	});
	expect(await shifts(page)).toBeGreaterThan(0);
});

test('every picture has the size that the browser finds in it', async ({ page }) => {
	await page.goto(`${url}a.html`);
	const images = await page.evaluate(() => Promise.all([...document.querySelectorAll('main img')].map(async (i) => {
		i.loading = 'eager';
		await i.decode();
		const box = i.getBoundingClientRect();
		return { name: i.alt, said: [Number(i.getAttribute('width')), Number(i.getAttribute('height'))], own: [i.naturalWidth, i.naturalHeight], shown: [box.width, box.height] };
	})));
	expect(images.map((i) => i.name)).toEqual(names);
	for (const { name, said, own, shown } of images) {
		// A viewBox alone has a ratio and no size: browsers take the one they like.
		if (name !== 'boxed.svg') expect(said, name).toEqual(own);
		expect(said[0] / said[1], name).toBeCloseTo(own[0] / own[1], 2);
		expect(shown[0] / shown[1], name).toBeCloseTo(own[0] / own[1], 1);
	}
	const size = (name) => images.find((i) => i.name === name).said;
	expect([size('photo.jpg'), size('side.jpg'), size('other-side.jpg'), size('upside-down.jpg')]).toEqual([[160, 90], [90, 160], [90, 160], [160, 90]]);
});

test('the logo keeps its ratio, and the brand is a colour of the page', async ({ page }) => {
	await page.goto(`${url}a.html`);
	const logo = await page.locator('.brand img').evaluate(async (i) => {
		await i.decode();
		const { width, height } = i.getBoundingClientRect();
		return { ratio: width / height, width: i.getAttribute('width'), height: i.getAttribute('height') };
	});
	expect(logo).toEqual({ ratio: 3, width: '96', height: '32' });
	for (const [colorScheme, colour] of [['light', 'rgb(122, 59, 105)'], ['dark', /^rgb\(1\d\d, 1\d\d, 1\d\d\)$/]]) {
		await page.emulateMedia({ colorScheme });
		const got = await page.evaluate(() => {
			const probe = document.body.appendChild(document.createElement('i'));
			probe.style.color = 'var(--brand)';
			const { color } = getComputedStyle(probe);
			probe.remove();
			return color;
		});
		expect(got, colorScheme).toMatch(colour);
	}
});
