/* Opens the given lifeboats from disk in Chromium and in Firefox, both at once. Each DIR is a package. Usage: node run.mjs DIR… */
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { check, loadTools, result, startChromium, startFirefox, stop, timed } from './lib.mjs';
import { checkAccess, checkReading, openPages } from './pages.mjs';

async function inChromium(tools, dirs) {
	const browser = await startChromium(tools);
	await timed('chromium: plain pages', () => openPages(browser, dirs, 3));
	await timed('chromium: keyboard and print', () => checkReading(browser, dirs));
	await timed('chromium: accessibility of plain pages', () => checkAccess(browser, dirs, tools.axe));
	await stop(browser);
}

async function inFirefox(tools, dirs) {
	const browser = await startFirefox(tools);
	await timed('firefox: plain pages', () => openPages(browser, dirs, 2));
	await stop(browser);
}

const dirs = process.argv.slice(2).map((dir) => resolve(dir));
if (dirs.length === 0) {
	console.error('usage: node run.mjs DIR…');
	process.exit(2);
}
const absent = dirs.find((dir) => !existsSync(join(dir, 'index.html')));
if (absent) {
	console.error(`no index.html in ${relative('.', absent) || '.'}`);
	process.exit(2);
}
const tools = await loadTools();
for (const outcome of await Promise.allSettled([inChromium(tools, dirs), inFirefox(tools, dirs)]))
	if (outcome.status === 'rejected')
		check('the run', outcome.reason.stack);
console.log(`browser: ${result.passed} passed, ${result.failed} failed`);
process.exit(result.failed ? 1 : 0);
