/* Opens the given lifeboats from disk in Chromium and in Firefox, both at once. Each DIR is a package; beside one that is full of hostile
 * text lies DIR.expected.json, what it must tell. Usage: node run.mjs DIR… */
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { checkUse } from './access.mjs';
import { checkScriptless } from './crawl.mjs';
import { check, loadTools, result, startChromium, startFirefox, stop, timed } from './lib.mjs';
import { checkAccess, checkReading, openPages } from './pages.mjs';
import { openBroken, openElsewhere, openHostile, openViews, readPayloads } from './viewer.mjs';

const isHostile = (dir) => readPayloads(dir).length > 0;

async function viewerIn(browser, tools, dirs) {
	const name = (part) => `${browser.name}: ${part}`;
	await timed(name('views'), () => openViews(browser, dirs.filter((dir) => !isHostile(dir))));
	await timed(name('views elsewhere'), () => openElsewhere(browser, dirs[0]));
	await timed(name('views of broken data'), () => openBroken(browser, dirs[0]));
	for (const dir of dirs.filter(isHostile))
		await timed(name('views of hostile text'), () => openHostile(browser, tools, dir, readPayloads(dir)));
}

async function inChromium(tools, dirs) {
	const browser = await startChromium(tools);
	await Promise.all([viewerIn(browser, tools, dirs), (async () => {
		await timed('chromium: plain pages', () => openPages(browser, dirs, 2));
		await timed('chromium: keyboard and print of plain pages', () => checkReading(browser, dirs));
		await timed('chromium: axe on plain pages', () => checkAccess(browser, dirs, tools.axe));
		await checkUse(browser, tools, dirs.filter((dir) => !isHostile(dir)));
	})()]);
	await stop(browser);
}

/* One tab after the other: Firefox slows down what is in the background. */
async function inFirefox(tools, dirs) {
	const browser = await startFirefox(tools);
	await timed('firefox: plain pages', () => openPages(browser, dirs, 2));
	await viewerIn(browser, tools, dirs);
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
dirs.forEach(checkScriptless);
for (const outcome of await Promise.allSettled([inChromium(tools, dirs), inFirefox(tools, dirs)]))
	if (outcome.status === 'rejected')
		check('the run', outcome.reason.stack);
console.log(`browser: ${result.passed} passed, ${result.failed} failed`);
process.exit(result.failed ? 1 : 0);
