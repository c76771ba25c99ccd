import { defineConfig } from '@playwright/test';
import { launchOptions } from './chromium.mjs';

// One browser at a time: the suite shares two cores with whatever else runs.
export default defineConfig({
	testDir: '.',
	globalSetup: './sites.mjs',
	outputDir: '../bin/e2e',
	workers: 1,
	forbidOnly: true,
	timeout: 60_000,
	reporter: [['list']],
	use: { browserName: 'chromium', launchOptions, viewport: { width: 1280, height: 800 } },
});
