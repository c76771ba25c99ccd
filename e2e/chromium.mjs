import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

// The machine's own Chromium: nothing is downloaded.
function find() {
	for (const name of names) {
		for (const dir of (process.env.PATH ?? '').split(delimiter)) {
			try {
				accessSync(join(dir, name), constants.X_OK);
				return join(dir, name);
			} catch {
				// the next one
			}
		}
	}
	throw new Error(`no Chromium on this machine (looked for ${names.join(', ')}): run e2e/setup.sh`);
}

export const launchOptions = {
	executablePath: find(),
	args: [
		'--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
		'--disable-background-networking', '--disable-component-update', '--disable-sync',
	],
};
