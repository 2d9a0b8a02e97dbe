/* Whether everyone can use the viewer: axe in all colours, the keyboard, and the size of what is to be hit. In Chromium. */
import { COLOURS, NARROW, WIDE, check, checkAxe, timed, urlOf } from './lib.mjs';
import { open, show, showcase } from './viewer.mjs';

const PAGE = 'data/viewer/index.html';

/* ---- axe ---- */

/* All views in one way: options of a tab, and which rules (none: all). */
async function checkViews(browser, tools, dir, [way, only]) {
	const tab = await browser.tab(way);
	await open(tab, urlOf(dir, PAGE));
	for (const view of showcase(dir)) {
		await show(tab, view);
		await checkAxe(tab, tools.axe, `#/${view} ${JSON.stringify(way)} of ${dir}`, only);
	}
	await tab.close();
}

export async function checkViewerAccess(browser, tools, [first, ...others]) {
	const ways = [[{ colorScheme: 'light' }], [{ colorScheme: 'dark' }, COLOURS], [{ forcedColors: 'active' }, COLOURS], [{ viewport: NARROW }]];
	await Promise.all(ways.map((way) => checkViews(browser, tools, first, way)));
	for (const dir of others)
		await checkViews(browser, tools, dir, ways[0]);
}

/* ---- targets ---- */

/* Runs in the page: what is smaller than 24 by 24 px. Links within a line of text may be (WCAG 2.2, 2.5.8). */
function smallTargets() {
	const inText = (element) => getComputedStyle(element).display === 'inline' && element.parentElement.textContent.trim().length > element.textContent.trim().length;
	const boxOf = (element) => (element.matches('input[type="checkbox"], input[type="radio"]') && element.closest('label') || element).getBoundingClientRect();
	return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter((element) => element.checkVisibility({ visibilityProperty: true }) && !inText(element))
		.filter((element) => !element.closest('svg'))
		.map((element) => [element, boxOf(element)]).filter(([element, box]) => box.width > 1 && (box.width < 23.5 || box.height < 23.5))
		.map(([element, box]) => `${box.width.toFixed(1)} × ${box.height.toFixed(1)}: ${element.outerHTML.slice(0, 160)}`);
}

export async function checkTargets(browser, dir) {
	for (const viewport of [NARROW, WIDE]) {
		const tab = await browser.tab({ viewport });
		await open(tab, urlOf(dir, PAGE));
		for (const view of showcase(dir)) {
			await show(tab, view);
			check(`targets of #/${view} at ${viewport.width} px`, await tab.evaluate(smallTargets));
		}
		await tab.close();
	}
}

/* ---- the keyboard ---- */

/* Runs in the page: notes what gets the focus, and whether it can be seen. */
function watchFocus() {
	window.walked = [];
	document.addEventListener('focusin', ({ target }) => {
		const style = getComputedStyle(target), box = target.getBoundingClientRect();
		const x = Math.min(Math.max(box.left + Math.min(box.width, 40) / 2, 0), innerWidth - 1), y = Math.min(Math.max(box.top + Math.min(box.height, 30) / 2, 0), innerHeight - 1);
		const top = document.elementFromPoint(x, y);
		const isStroked = [...target.querySelectorAll('rect, circle')].some((shape) => parseFloat(getComputedStyle(shape).strokeWidth) >= 3);
		const isMarked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 || target.closest('svg') && isStroked;
		const isSeen = top && (target.contains(top) || top.contains(target) || top.closest('label')?.contains(target));
		window.walked.push({ target, fault: !isMarked && !target.matches('main, h1') ? 'its focus is not to be seen' : !isSeen && box.width > 0 ? `it is covered by ${top && top.outerHTML.slice(0, 80)}` : '' });
	});
}

/* All that Tab must reach. */
function stops() {
	const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, video[controls], [tabindex]')];
	return all.filter((element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }));
}

/* Runs in the page. */
const countStops = `(${stops})().length`;
const walkOutcome = `(() => {
	const all = (${stops})(), walked = new Set(window.walked.map(({ target }) => target));
	const name = (element) => element.outerHTML.slice(0, 160);
	return [...all.filter((element) => !walked.has(element)).map((element) => 'Tab does not reach ' + name(element)),
		...window.walked.filter(({ fault }) => fault).map(({ target, fault }) => name(target) + ': ' + fault),
		window.left ? '' : 'Tab does not leave the page'];
})()`;

async function walkView(tab, view) {
	await show(tab, view);
	await tab.evaluate(() => {
		document.activeElement.blur();
		window.scrollTo(0, 0);
		window.walked = [];
		window.left = false;
		document.getSelection().removeAllRanges();
	});
	const count = await tab.evaluate(countStops);
	for (let i = 0; i < count + 3; i++)
		await tab.press('Tab');
	await tab.evaluate(() => { window.left = window.walked.length >= 2 && new Set(window.walked.map(({ target }) => target)).size < window.walked.length || document.activeElement === document.body; });
	check(`keyboard: Tab walks through #/${view}`, await tab.evaluate(walkOutcome));
}

async function checkKeys(tab, dir) {
	const first = showcase(dir).find((view) => view.startsWith('photo/'));
	const at = () => tab.evaluate(() => ({ hash: location.hash, dialogs: document.querySelectorAll('dialog[open]').length, focus: document.activeElement.localName, q: document.activeElement.id }));
	const settled = () => tab.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 400); }));
	const press = async (key) => {
		await tab.press(key);
		await settled();
		return at();
	};
	await show(tab, first);
	const next = await press('ArrowRight'), back = await press('ArrowLeft');
	check('keyboard: arrows lead to the next photograph and back', [next.hash === `#/${first}` && 'no next', back.hash !== `#/${first}` && `not back: ${back.hash}`]);
	const help = await press('?'), after = await press('Escape');
	check('keyboard: ? opens the help, Esc closes it', [help.dialogs !== 1 && 'not open', after.dialogs !== 0 && 'not closed']);
	await show(tab, 'photos');
	const search = await press('/');
	check('keyboard: / leads to the search', search.focus !== 'input' && search.focus);
	await show(tab, 'slides');
	const slides = await at(), left = await press('Escape');
	check('keyboard: Esc leaves the slide show', [slides.dialogs !== 1 && 'not open', left.dialogs !== 0 && 'not closed', !left.hash.startsWith('#/photos') && left.hash]);
}

export async function checkKeyboard(browser, dir) {
	const views = showcase(dir).filter((view) => view !== 'slides'), half = Math.ceil(views.length / 2);
	await Promise.all([views.slice(0, half), views.slice(half)].map(async (some, i) => {
		const tab = await browser.tab();
		await open(tab, urlOf(dir, PAGE));
		await tab.evaluate(watchFocus);
		for (const view of some)
			await walkView(tab, view);
		if (i === 0)
			await checkKeys(tab, dir);
		await tab.close();
	}));
}

export async function checkUse(browser, tools, dirs) {
	await timed('viewer: targets', () => checkTargets(browser, dirs[0]));
	await timed('viewer: keyboard', () => checkKeyboard(browser, dirs[0]));
	await timed('viewer: axe', () => checkViewerAccess(browser, tools, dirs));
}
