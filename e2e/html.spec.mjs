// Every page is valid HTML by the Nu HTML checker, and stays so with all that
// the scripts add to it.
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import jar from 'vnu-jar';
import { sites } from './pages.mjs';

// faults returns what the checker says of files, its remarks included. It is
// started once for all of them, for it takes seconds to warm up; it asks for a
// deep stack, and ends before much compiling pays.
async function faults(files) {
	const args = ['-Xss4m', '-XX:TieredStopAtLevel=1', '-jar', String(jar), '--also-check-svg', '--exit-zero-always', '--stdout', '--format', 'json', ...files];
	const { stdout } = await promisify(execFile)('java', args, { maxBuffer: 64 << 20 });
	return JSON.parse(stdout).messages.map(({ url, lastLine = 0, message, extract = '' }) => {
		return `${fileURLToPath(url)}:${lastLine} ${message} ${extract.replace(/\s+/g, ' ')}`.trim();
	});
}

test.setTimeout(180_000);

test('the checker finds nothing in any page or drawing of any site', async () => {
	const files = Object.values(sites).flatMap(({ dir }) => {
		const names = readdirSync(dir, { recursive: true }).filter((name) => /\.(html|svg)$/.test(name));
		expect(names).toContain('404.html');
		return names.sort().map((name) => `${dir}/${name}`);
	});
	expect(await faults(files)).toEqual([]);
});

const open = {
	home: ['index.html', async (page) => {
		await page.locator('[data-does=segment]').selectOption({ index: 1 });
		await page.locator('[data-does=mine]').check();
	}],
	playbook: ['playbooks/tool-fleet-contract.html', async (page) => {
		await page.locator('.tick:visible').first().check();
		await page.locator('.copy').first().click();
	}],
	'another playbook': ['playbooks/basix/trade-counters.html', async (page) => {
		await expect(page.locator('.no-tasks')).toBeVisible();
	}],
	role: ['roles/account-manager.html', async (page) => {
		await expect(page.locator('[data-does=my-role]')).toHaveAttribute('aria-pressed', 'true');
	}],
	comparison: ['compare.html?a=playbooks/basix/trade-counters.html&b=playbooks/tool-fleet-contract.html', async (page) => {
		await expect(page.locator('.compared')).toBeAttached();
		await page.locator('[data-does=swap]').click();
		await expect(page.locator('.compared')).not.toBeEmpty();
	}],
	search: ['search.html?q=price+crew', async (page) => {
		await page.getByRole('button', { name: 'Show more' }).click();
	}],
};

test('the checker finds nothing in what the scripts make of a page', async ({ page }, info) => {
	await page.clock.setFixedTime('2040-01-01'); // all reviews are overdue
	await page.goto(`${sites.sample.url}index.html?role=account-manager`);
	const folder = info.outputPath('pages');
	mkdirSync(folder, { recursive: true });
	const files = [];
	const keep = async (name) => {
		const file = `${folder}/${name}.html`;
		writeFileSync(file, await page.evaluate(() => `<!doctype html>${document.documentElement.outerHTML}`));
		files.push(file);
	};
	for (const [name, [path, act]] of Object.entries(open)) {
		await page.goto(sites.sample.url + path);
		await page.evaluate(outdate);
		await page.reload();
		await act(page);
		await page.evaluate(() => document.querySelectorAll('details').forEach((e) => { e.open = true; }));
		for (const panel of name === 'search' ? ['help'] : ['help', 'role', 'search']) {
			await page.locator(`.tools [data-does=${panel}]`).click();
			await expect(page.locator('dialog[open]')).toBeVisible();
			if (panel === 'search') await page.keyboard.type('price');
			if (panel === 'search') await expect(page.locator('dialog [role=option]').first()).toBeVisible();
			await keep(`${name} with the panel of ${panel}`);
			await page.locator('dialog .close').click();
		}
	}
	expect(await faults(files)).toEqual([]);
});

// outdate lets all that the browser has seen be of another version.
function outdate() {
	const key = plumb.keyOf('seen');
	const seen = JSON.parse(localStorage.getItem(key) ?? '{}');
	localStorage.setItem(key, JSON.stringify(Object.fromEntries(Object.keys(seen).map((path) => [path, 'before']))));
}
