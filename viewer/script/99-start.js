/* The shell: addresses, the views they name, language, colours, and what went wrong. */
(function (lb) {
	'use strict';
	const { el } = lb;
	const root = document.documentElement;
	const { views } = lb;
	const scrolled = new Map(); /* history entry → how far it was scrolled */
	let turn = 0;

	root.classList.add('js');

	/* ---- what is kept of the reader's choices: nothing but language, colours and keys, for this lifeboat ---- */

	const keep = () => `lifeboat:${lb.meta.id}`;
	function choices() {
		try {
			return JSON.parse(localStorage.getItem(keep())) || {};
		} catch {
			return {};
		}
	}
	lb.choice = (name) => choices()[name];
	lb.choose = function (name, value) {
		try {
			localStorage.setItem(keep(), JSON.stringify({ ...choices(), [name]: value }));
		} catch { /* Without storage a choice lasts as long as the page. */ }
	};

	function look(theme) {
		if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
		else delete root.dataset.theme;
	}

	/* ---- addresses ---- */

	function decoded(part) {
		try {
			return decodeURIComponent(part);
		} catch {
			return part;
		}
	}

	/* "#/photo/1?tag=a&tag=b" → {view: "photo", id: "1", params: {tag: ["a", "b"]}}; a parameter given once is a string. */
	lb.parse = function (hash) {
		const [path, query = ''] = hash.replace(/^#?\/?/, '').split(/\?(.*)/s);
		const [view, ...rest] = path.split('/').map(decoded);
		const params = {};
		for (const [name, value] of new URLSearchParams(query)) {
			if (name === '__proto__') continue;
			params[name] = Object.hasOwn(params, name) ? [params[name], value].flat() : value;
		}
		return { view: view || 'photos', id: rest.join('/'), params };
	};
	/* The view and the thing of a route, for lb.href. */
	lb.here = (route) => route.id ? `${route.view}/${route.id}` : route.view;

	lb.notFound = function (main) {
		main.replaceChildren(el('h1', null, lb.t('nothing')), el('p', { class: 'intro' }, lb.t('nothing.words')));
	};

	lb.say = (text) => { document.getElementById('status').textContent = text; };

	function mark(route) {
		for (const link of document.querySelectorAll('.views a')) {
			const current = link.getAttribute('href') === `#/${route.view}`;
			if (current) link.setAttribute('aria-current', 'page');
			else link.removeAttribute('aria-current');
		}
		document.querySelector('.more').open = false;
	}

	/* ---- keys ---- */

	let keys = []; /* [[key, words, act], …] of the view that is shown */
	/* A view's own key, while it is shown; `words` tell what it does. */
	lb.key = (key, words, act) => { lb.route.keys.push([key, words, act]); };
	lb.shortcuts = () => [...keys, ['/', lb.t('key.search'), search], ['?', lb.t('set.help'), help]];

	function search() {
		const field = document.querySelector('main input[type="search"]');
		if (field) field.focus();
		else location.hash = lb.href('photos');
	}
	function help() {
		if (lb.help) lb.help(lb.shortcuts());
	}

	function pressed(event) {
		const more = document.querySelector('.more');
		if (event.key === 'Escape' && more.open) {
			more.open = false;
			more.firstElementChild.focus();
		}
		const typing = event.target.closest('input, textarea, select, dialog, [contenteditable]');
		if (typing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || lb.choice('keys') === false) return;
		const found = lb.shortcuts().find(([key]) => key === event.key);
		if (!found) return;
		event.preventDefault();
		found[2]();
	}

	/* ---- showing a view ---- */

	let at = ''; /* the entry of the history that is shown */
	let shown = '';

	/* In the same view the focus stays on the same control; else the new heading gets it, so that it is read and the keyboard goes
	 * on from there. Going back finds the page where it was. */
	function arrive(main, route, focused) {
		const same = route.view === shown && focused && document.getElementById(focused);
		const head = same || main.querySelector('h1');
		if (shown && head) {
			if (!same) head.tabIndex = -1;
			head.focus({ preventScroll: true });
		}
		if (shown && !same) window.scrollTo(0, scrolled.get(at) || 0);
		shown = route.view;
	}

	async function fill(view, route, main) {
		try {
			if (view) await view.render(route, main);
			else lb.notFound(main);
			return view ? await view.title(route) : lb.t('nothing');
		} catch (error) {
			main.replaceChildren(el('h1', null, lb.t('problem.head.view')), el('p', { class: 'rescue' }, lb.t('problem.view', error.message)));
			console.error(error);
			return lb.t('problem.head.view');
		}
	}

	/* What is on screen stays until the new view is complete. */
	async function show() {
		const mine = ++turn;
		const content = document.getElementById('content');
		const route = { ...lb.parse(location.hash), keys: [] };
		const view = views.get(route.view);
		const main = el('div', { class: `view coming view-${view ? route.view : 'none'}` });
		lb.route = route;
		content.append(main);
		lb.say('');
		const title = await fill(view, route, main);
		if (mine !== turn) return main.remove();
		const focused = content.contains(document.activeElement) ? document.activeElement.id : '';
		if (!(history.state && history.state.at)) history.replaceState({ at: `${Date.now()}.${mine}` }, '');
		at = history.state.at;
		keys = route.keys;
		main.classList.remove('coming');
		content.replaceChildren(main);
		performance.mark('lifeboat:shown'); /* marks tell tests and measurements that something is on screen */
		document.title = `${title} · ${lb.meta.title}`;
		mark(route);
		arrive(main, route, focused);
	}

	/* ---- the shell ---- */

	lb.onproblem = function () {
		const box = document.getElementById('problems');
		if (!box || lb.problems.length === 0) return;
		const lines = lb.problems.slice(0, 10).map(({ file, why }) => el('li', null, el('code', null, file), ' ', lb.t(`problem.${why}`)));
		box.replaceChildren(el('p', null, lb.t('problem.head')), el('ul', null, ...lines, lb.problems.length > 10 && el('li', null, '…')));
		box.hidden = false;
	};

	function choiceOf(name, options, current, act) {
		const select = el('select', null, ...options.map(([value, words]) => el('option', { value, selected: value === current }, words)));
		select.addEventListener('change', () => {
			lb.choose(name, select.value);
			act(select.value);
		});
		return el('label', null, el('span', null, lb.t(`set.${name}`)), select);
	}

	function settings() {
		const box = el('input', { type: 'checkbox', checked: lb.choice('keys') !== false });
		box.addEventListener('change', () => lb.choose('keys', box.checked));
		const themes = ['auto', 'light', 'dark'].map((theme) => [theme, lb.t(`set.theme.${theme}`)]);
		document.getElementById('settings').replaceChildren(...[
			lb.languages.length > 1 && choiceOf('language', lb.languages, lb.language, async (code) => {
				await lb.speak(code);
				translate();
				show();
			}),
			choiceOf('theme', themes, lb.choice('theme') || 'auto', look),
			el('label', { class: 'check' }, box, ' ', lb.t('set.keys')),
			lb.button({ hidden: !lb.help }, help, lb.t('set.help'))].filter(Boolean));
	}

	function translate() {
		for (const element of document.querySelectorAll('[data-t]')) element.textContent = lb.t(element.dataset.t);
		for (const element of document.querySelectorAll('[data-t-label]')) element.setAttribute('aria-label', lb.t(element.dataset.tLabel));
		document.querySelector('.saved').textContent = lb.t('foot.saved', lb.day(lb.meta.created), lb.meta.maker.name);
		settings();
		lb.onproblem();
	}

	/* Ways to what this lifeboat does not have are left out. */
	function prune() {
		for (const name of ['albums', 'groups', 'galleries', 'collections', 'people', 'tags', 'places'])
			if (lb.tableOf(name).rows === 0) document.querySelector(`.views a[href="#/${name}"]`).parentElement.hidden = true;
	}

	async function start() {
		if (!await lb.readMeta()) {
			document.getElementById('content').prepend(el('p', { class: 'rescue' }, lb.t('problem.meta'), ' ', el('a', { href: '../pages/index.html' }, lb.t('problem.plain'))));
			return;
		}
		const wanted = [lb.choice('language'), ...navigator.languages.map((language) => language.split('-')[0])];
		await lb.speak(wanted.find((code) => lb.languages.some((language) => language[0] === code)) || 'en');
		look(lb.choice('theme'));
		translate();
		prune();
		history.scrollRestoration = 'manual';
		window.addEventListener('hashchange', show);
		window.addEventListener('scroll', () => scrolled.set(at, window.scrollY), { passive: true });
		document.addEventListener('keydown', pressed);
		document.querySelector('.skip').addEventListener('click', (event) => {
			event.preventDefault();
			document.getElementById('content').focus();
		});
		await show();
		document.documentElement.classList.add('ready');
	}

	/* What goes wrong where nobody expected it is told on screen too. */
	window.addEventListener('unhandledrejection', (event) => lb.problem(String(event.reason), 'script'));
	window.addEventListener('error', (event) => {
		if (event.message && !lb.loading) lb.problem(event.message, 'script'); /* broken shards tell of themselves */
	});
	document.addEventListener('DOMContentLoaded', start);
})(window.lifeboat = window.lifeboat || {});
