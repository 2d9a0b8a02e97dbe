/* What several views share: switches, finders, charts and the tables that say the same in words. */
(function (lb) {
	'use strict';
	const { el, svg, t } = lb;

	lb.isRtl = () => document.documentElement.dir === 'rtl';

	/* The width in pixels that a chart may fill. */
	lb.room = (main) => Math.max(240, main.clientWidth);

	/* The entries of a table that could be read. */
	lb.entries = async (table) => (await lb.all(table)).filter((entry) => entry.length);

	/* How each view begins. */
	lb.begin = (main, head, intro, ...more) => main.append(el('h1', null, head), el('p', { class: 'intro' }, intro), ...more);
	lb.note = (...words) => el('p', { class: 'note' }, ...words);

	/* Links that set one parameter of this view: options [[value, words], …]. */
	lb.choices = function (label, route, name, options, current) {
		const links = options.map(([value, words]) => el('li', null, el('a', {
			href: lb.href(lb.here(route), { ...route.params, [name]: value, page: null }), id: `${name}-${value}`, 'aria-current': value === current ? 'true' : null }, words)));
		return el('nav', { class: 'choices', 'aria-label': label }, el('span', { 'aria-hidden': 'true' }, label), el('ul', null, ...links));
	};

	/* A field that narrows a list by text: parameter "q" of this view. */
	lb.finder = function (route, label) {
		const input = el('input', { type: 'search', id: 'find', value: route.params.q || '', autocomplete: 'off' });
		const form = el('form', { class: 'finder', role: 'search' }, el('label', null, el('span', null, label), input), el('button', { type: 'submit' }, t('list.find')));
		form.addEventListener('submit', (event) => {
			event.preventDefault();
			location.hash = lb.href(lb.here(route), { ...route.params, q: input.value.trim() || null, page: null });
		});
		return form;
	};

	lb.section = (head, ...children) => el('section', null, el('h2', null, head), ...children);

	/* Facts that are known: [[key of words, value], …]. */
	lb.facts = (list) => el('dl', { class: 'facts' }, ...list.filter((fact) => fact[1]).map(([key, value]) => lb.figure(t(key), value)));

	/* One page of many: what is shown on it, from which, and the pager. */
	lb.cut = function (route, all, perPage) {
		const page = Math.max(1, Math.min(Number(route.params.page) || 1, Math.ceil(all.length / perPage))), from = (page - 1) * perPage;
		return { from, shown: all.slice(from, from + perPage), pager: all.length > perPage ? lb.pager(all.length, page, perPage, route.params) : '' };
	};

	/* Rows of a table whose text holds what is looked for. */
	lb.matching = function (rows, wanted, text) {
		const folded = lb.plain(wanted || '');
		return rows.filter((row) => !folded || lb.plain(text(row)).includes(folded));
	};

	/* Other ways to look at a selection. */
	lb.ways = (selection) => el('p', { class: 'ways-on' }, lb.link('photos', selection, t('sets.filter')), ' ', lb.link('slides', selection, t('slides.show')));

	lb.counted = (text) => el('p', { role: 'status' }, text);
	lb.text = (rich) => rich ? el('div', { class: 'text' }, lb.rich(rich)) : '';
	/* The first of some texts in which there is something to see. */
	lb.visible = (...texts) => texts.find((text) => text && text.trim()) || '';
	lb.sum = (text) => el('span', { class: 'n' }, text);

	/* A table of rows, each with its head first. */
	lb.table = function (caption, heads, rows) {
		const cell = (value, i) => el(i ? 'td' : 'th', i ? null : { scope: 'row' }, typeof value === 'number' ? lb.number(value) : value);
		return el('table', { class: 'sheet' }, el('caption', null, caption), el('thead', null, el('tr', null, ...heads.map((head) => el('th', { scope: 'col' }, head)))),
			el('tbody', null, ...rows.map((row) => el('tr', null, ...row.map(cell)))));
	};

	/* The numbers of a chart as a table, folded away under it. */
	lb.twin = (...table) => el('details', { class: 'twin' }, el('summary', null, t('chart.table')), lb.table(...table));

	function bar(item, x, step, height, most) {
		const tall = item.count && Math.max(3, item.count / most * (height - 20)), words = item.words;
		return [item.count > 0 && svg('a', { href: item.href, 'aria-label': words }, svg('title', null, words), svg('rect', { class: 'reach', x, y: 0, width: step, height: height + 22 }),
			svg('rect', { class: 'bar', x: x + step * 0.1, y: height - tall, width: step * 0.8, height: tall, rx: Math.min(2, step / 8) })),
		item.count > 0 && step >= 34 && svg('text', { class: 'count', x: x + step / 2, y: height - tall - 6 }, lb.number(item.count))];
	}

	/* Bars in order of time, each a link that says its number in words: items [{name, count, words, href}, …]. */
	lb.bars = function (label, items, width, height) {
		const most = Math.max(1, ...items.map((item) => item.count)), step = width / items.length, every = Math.max(1, Math.ceil(46 / step));
		const place = (i) => (lb.isRtl() ? items.length - 1 - i : i) * step;
		return svg('svg', { class: 'bars', viewBox: `0 0 ${width} ${height + 22}`, role: 'group', 'aria-label': label }, svg('line', { x1: 0, x2: width, y1: height, y2: height }),
			...items.flatMap((item, i) => [...bar(item, place(i), step, height, most), i % every === 0 && svg('text', { x: place(i) + step / 2, y: height + 16 }, item.name)]));
	};

	/* A list that is its own chart: items [[link or text, count], …], longest first. */
	lb.ranked = function (items) {
		const most = Math.max(1, ...items.map((item) => item[1]));
		return el('ol', { class: 'ranked' }, ...items.map(([what, count]) => el('li', null, el('span', { class: 'what' }, what), el('span', { class: 'n' }, lb.number(count)),
			svg('svg', { class: 'rank', viewBox: '0 0 100 1', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
				svg('rect', { class: 'bar', x: lb.isRtl() ? 100 - count / most * 100 : 0, width: Math.max(0.5, count / most * 100), height: 1 })))));
	};

	lb.link = (view, params, ...children) => el('a', { href: lb.href(view, params) }, ...children);
})(window.lifeboat = window.lifeboat || {});
