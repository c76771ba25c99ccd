import { defineConfig } from '@playwright/test';
import { launchOptions } from './chromium.mjs';

// Two files at a time: the suite is made for two cores.
export default defineConfig({
	testDir: '.',
	globalSetup: './sites.mjs',
	outputDir: '../bin/e2e',
	workers: 2,
	// A test that passes the second time is reported as flaky, not as passed.
	retries: 1,
	forbidOnly: true,
	timeout: 60_000,
	reporter: [['list']],
	use: { browserName: 'chromium', launchOptions, viewport: { width: 1280, height: 800 } },
});
