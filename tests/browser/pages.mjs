/* The start page and the plain pages: opened from the disk one by one, as a reader would. Nothing may run, nothing may leave the disk,
 * nothing may be out of reach. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COLOURS, NARROW, WIDE, check, checkAxe, pagesOf, shared, sidewaysScroll, unsound, urlOf } from './lib.mjs';

/* Runs in the page. */
function unlikePlain() {
	const complaints = [];
	if (document.scripts.length > 1)
		complaints.push(`${document.scripts.length} script elements`);
	for (const script of document.scripts) {
		const names = [...script.attributes].map((attribute) => `${attribute.name}=${attribute.value}`);
		if (names.join() !== 'type=application/ld+json')
			complaints.push(`a script with ${names}`);
		try {
			JSON.parse(script.textContent);
		} catch (error) {
			complaints.push(`a block of data that is no JSON: ${error.message}`);
		}
	}
	if (getComputedStyle(document.body).marginTop !== '0px')
		complaints.push('the style sheet is not in force');
	return complaints;
}

/* The chapters of the specification are the same bytes in every package: those of the first are looked at. The page of the viewer runs scripts. */
const plainPages = (dir, first) => pagesOf(dir).filter((name) => !name.startsWith('data/viewer/') && (first || !name.startsWith('data/documentation/')));

async function openPage(tab, { dir, page }) {
	tab.noted.length = 0;
	await tab.goto(urlOf(dir, page));
	const complaints = [await tab.evaluate(unsound), await tab.evaluate(unlikePlain), await tab.evaluate(sidewaysScroll)];
	check(`${tab.name} ${page} of ${dir}`, [...tab.noted, ...complaints]);
}

async function openAlone(tab, dir) {
	const folder = mkdtempSync(join(tmpdir(), 'lifeboat-alone-'));
	cpSync(join(dir, 'index.html'), join(folder, 'index.html'));
	await tab.goto(urlOf(folder, 'index.html'));
	check(`${tab.name} index.html alone`, await tab.evaluate(() => {
		const notice = document.querySelector('.extract');
		return [getComputedStyle(notice).display === 'none' && 'the notice is hidden', notice.getBoundingClientRect().height < 20 && 'the notice has no height',
			document.querySelectorAll('.note p').length < 2 && 'no text of the maker', !document.body.innerText.includes('manifest-sha256.txt') && 'not how to check it'];
	}));
	rmSync(folder, { recursive: true });
	await tab.goto(urlOf(dir, 'index.html'));
	check(`${tab.name} index.html in its folder hides the notice`,
		await tab.evaluate(() => getComputedStyle(document.querySelector('.extract')).display !== 'none' && 'the notice is shown'));
}

/* Every plain page, laid out once, as narrow as a page may become. */
export async function openPages(browser, dirs, count) {
	const list = dirs.flatMap((dir) => plainPages(dir, dir === dirs[0]).map((page) => ({ dir, page })));
	const tabs = await Promise.all(Array.from({ length: count }, () => browser.tab({ viewport: NARROW })));
	await shared(list, tabs, openPage);
	for (const dir of dirs)
		await openAlone(tabs[0], dir);
	await Promise.all(tabs.map((tab) => tab.close()));
}

/* ---- accessibility, in Chromium ---- */

/* One page of each kind. */
function showcase(dir) {
	const wanted = [/^index\.html$/, /^data\/README\.html$/, /photos-0001\.html$/, /pages\/years\.html$/, /people-0001\.html$/, /pages\/tags\.html$/, /pages\/missing\.html$/,
		/albums-0001\.html$/, /groups-0001\.html$/, /galleries-0001\.html$/, /pages\/collections\.html$/, /pages\/rights\.html$/];
	const pages = pagesOf(dir);
	return wanted.map((pattern) => pages.find((page) => pattern.test(page))).filter(Boolean);
}

/* The first lifeboat in all colours and narrow, the others, which differ by what they tell, once. */
export async function checkAccess(browser, dirs, axe) {
	const ways = [[{ colorScheme: 'light' }], [{ colorScheme: 'dark' }, COLOURS], [{ forcedColors: 'active' }, COLOURS], [{ viewport: NARROW }]];
	await Promise.all(ways.map(async ([way, only], i) => {
		const tab = await browser.tab(way);
		for (const dir of i === 0 ? dirs : dirs.slice(0, 1))
			for (const page of showcase(dir)) {
				await tab.goto(urlOf(dir, page));
				await checkAxe(tab, axe, `${page} ${JSON.stringify(way)} of ${dir}`, only);
			}
		await tab.close();
	}));
}

async function checkKeyboard(tab, dir) {
	await tab.goto(urlOf(dir, 'data/pages/photos-0001.html'));
	await tab.press('Tab');
	const box = await tab.page.locator('.skip').boundingBox();
	check('the first Tab shows the skip link', box.x < 0 && 'it is out of sight');
	await tab.press('Enter');
	check('the skip link leads to the content', await tab.evaluate(() => document.activeElement.id !== 'content' && document.activeElement.outerHTML.slice(0, 80)));
}

async function checkPrint(tab, dir) {
	await tab.page.emulateMedia({ media: 'print' });
	await tab.goto(urlOf(dir, 'data/pages/photos-0001.html'));
	check('printed, a page keeps what it tells', await tab.evaluate(() => {
		const shown = (selector) => [...document.querySelectorAll(selector)].every((element) => element.getBoundingClientRect().height > 0);
		return ['h2', '.facts > div', 'figure', '.bottom'].filter((selector) => !shown(selector)).map((selector) => `${selector} is hidden`);
	}));
	await tab.page.emulateMedia({ media: 'screen' });
}

export async function checkReading(browser, dirs) {
	const tab = await browser.tab({ viewport: WIDE });
	for (const dir of dirs) {
		await checkKeyboard(tab, dir);
		await checkPrint(tab, dir);
	}
	await tab.close();
}
