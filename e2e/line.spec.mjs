// The line is a picture of numbers: what it shows must be true, on a screen
// of any kind and on paper.
import { expect, test } from '@playwright/test';
import { address, fileURL, kinds, pagesOf, sites } from './pages.mjs';

const kind = (name) => address(kinds.find((k) => k.name === name));

for (const width of [320, 768, 1280]) {
	test(`at ${width} px each mark of the home page stands at its position`, async ({ page }) => {
		await page.setViewportSize({ width, height: 800 });
		await page.goto(kind('home'));
		const marks = await page.evaluate(marksOnLine);
		expect(marks.length).toBeGreaterThan(8);
		for (const m of marks) {
			expect(Math.abs(m.at - m.position), `${m.name} stands at ${m.at}, not at ${m.position}`).toBeLessThan(1);
		}
	});
}

test('marks and labels keep clear of each other and are whole', async ({ page }) => {
	await page.goto(kind('home'));
	const boxes = await page.evaluate(() => [...document.querySelectorAll('.dot .mini, .dot .name, .dot .tag, .dot .value')].map((e) => {
		const r = e.getBoundingClientRect();
		return { text: e.textContent || e.className, cut: e.scrollWidth > e.clientWidth + 1 && e.className === 'name', left: r.left, right: r.right, top: r.top, bottom: r.bottom };
	}));
	expect(boxes.filter((b) => b.cut || b.left < 0 || b.right > 1280)).toEqual([]);
	const over = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
	expect(boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => over(a, b)).map((b) => `${a.text} / ${b.text}`))).toEqual([]);
});

test('the plumb bob of a playbook and the stretch of a role stand where they say', async ({ page }) => {
	for (const path of pagesOf(sites.sample).filter((p) => p.startsWith('playbooks/'))) {
		await page.goto(fileURL(sites.sample, path));
		const { at, said } = await page.evaluate(() => {
			const scale = document.querySelector('.scale').getBoundingClientRect();
			const bob = document.querySelector('.stop .bob').getBoundingClientRect();
			return { at: ((bob.left + bob.width / 2 - scale.left) / scale.width) * 100, said: document.querySelector('.head .place').textContent };
		});
		expect(Math.abs(at - parseInt(said.match(/\d+/)[0])), `${path}: ${at} where it says ${said}`).toBeLessThan(1);
	}
	for (const path of pagesOf(sites.sample).filter((p) => p.startsWith('roles/'))) {
		await page.goto(fileURL(sites.sample, path));
		const { ends, said } = await page.evaluate(() => {
			const scale = document.querySelector('.scale').getBoundingClientRect();
			const line = document.querySelector('.stretch line').getBoundingClientRect();
			return { ends: [line.left, line.right].map((x) => ((x - scale.left) / scale.width) * 100), said: document.querySelector('.lead').textContent };
		});
		const [from, to = from] = said.match(/\d+/g).map(Number);
		expect(Math.abs(ends[0] - from) + Math.abs(ends[1] - to), `${path}: ${ends} where it says ${said}`).toBeLessThan(2);
	}
});

for (const media of [{ forcedColors: 'active' }, { forcedColors: 'active', colorScheme: 'dark' }, { reducedMotion: 'reduce' }, { media: 'print' }]) {
	test(`the marks can be seen with ${JSON.stringify(media)}`, async ({ page }) => {
		await page.emulateMedia(media);
		await page.goto(kind('home'));
		const marks = await page.evaluate(marksOnLine);
		expect(marks.length).toBeGreaterThan(8);
		const look = (x, y) => page.screenshot({ fullPage: true, clip: { x: x - 2, y: y - 2, width: 4, height: 4 } });
		const paper = await look(4, 300);
		for (const m of marks) {
			expect(m.width * m.height, m.name).toBeGreaterThan(50);
			expect((await look(m.x, m.y)).equals(paper), `${m.name} is as pale as the paper`).toBe(false);
		}
	});
}

test('the first sheet of a printed playbook holds what a rep needs first', async ({ page }) => {
	await page.goto(kind('playbook'));
	const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true, tagged: true, outline: true })).toString('latin1');
	const [, first] = pdf.match(/\/Kids \[(\d+ 0 R) \d+ 0 R/);
	// The card stands in two columns: what begins in the left one comes first.
	const right = ([, , , x]) => x > 290;
	const headings = [...pdf.matchAll(/\/Title \((.*)\)\n\/Dest \[(\d+ 0 R) \/XYZ ([\d.]+) ([\d.]+)/g)]
		.filter(([, , sheet]) => sheet === first)
		.sort((a, b) => right(a) - right(b) || b[4] - a[4])
		.map(([, title]) => title);
	expect(headings.slice(0, 4)).toEqual(['Tool fleet contract', 'Value proposition', 'Buyers', 'Selling tasks']);
});

for (const format of ['A4', 'Letter']) {
	test(`the card of a role is one sheet of ${format}, for everyone at most two`, async ({ page }) => {
		const sheets = async (query) => {
			await page.goto(kind('playbook') + query);
			return (await page.pdf({ format })).toString('latin1').match(/\/Type \/Page\b/g).length;
		};
		expect(await sheets('?role=account-manager')).toBe(1);
		expect(await sheets('')).toBeLessThanOrEqual(2);
	});
}

// marksOnLine measures the mark of each playbook on the home page: its place
// on the line in hundredths, and in pixels of the whole page. A narrow screen
// draws one line a playbook, whose ends are the centres of a mark at its ends.
function marksOnLine() {
	return [...document.querySelectorAll('.dot')].map((dot) => {
		const mini = dot.querySelector('.mini');
		const mark = getComputedStyle(mini, '::before');
		const [width, height, left] = [mark.width, mark.height, mark.left].map(parseFloat);
		const box = mini.getBoundingClientRect();
		const x = box.left + left + width / 2;
		const own = box.width > width + 1;
		const line = own ? { left: box.left + width / 2, width: box.width - width } : dot.parentElement.getBoundingClientRect();
		return {
			name: dot.querySelector('.name').textContent,
			position: parseInt(dot.querySelector('.value').textContent),
			at: ((x - line.left) / line.width) * 100,
			x: x + scrollX, y: box.top + box.height / 2 + scrollY, width, height,
		};
	});
}
