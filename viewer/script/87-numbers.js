/* Statistics: what is kept in numbers, and how the collection grew. */
(function (lb) {
	'use strict';
	const { el, svg, t } = lb;
	const TOP = 12;
	/* What is counted, and the view that shows it. */
	const COUNTS = { photos: 'photos', missing: 'missing', stubs: 'missing', videos: '', originals: '', comments: '', faves: '', notes: '', tags: 'tags', people: 'people', albums: 'albums', groups: 'groups',
		galleries: 'galleries', collections: 'collections', gaps: 'missing' };

	function totals() {
		const known = Object.keys(COUNTS).filter((name) => lb.meta.counts[name]);
		return el('dl', { class: 'figures' }, ...known.map((name) => {
			const number = lb.number(lb.meta.counts[name]);
			return lb.figure(t(`numbers.${name}`), COUNTS[name] ? lb.link(COUNTS[name], {}, number) : number);
		}));
	}

	const ranking = (head, items, ...more) => items.length > 0 && lb.section(head, lb.ranked(items), ...more);
	const more = (view, words) => el('p', { class: 'all' }, lb.link(view, {}, words));

	/* ---- over time ---- */

	/* Sums by the end of each year, in steps: taken as a solid line, posted as a broken one. */
	function steps(series, first, width, height) {
		const count = series[0].sums.length, most = Math.max(1, ...series.flatMap((one) => one.sums));
		const step = width / count, every = Math.max(1, Math.ceil(48 / step));
		const x = (i) => (lb.isRtl() ? width - i * step : i * step), y = (sum) => (height - sum / most * (height - 24)).toFixed(1);
		const path = (sums) => `M${x(0)} ${height}` + sums.map((sum, i) => `V${y(sum)}H${x(i + 1).toFixed(1)}`).join('');
		const years = Array.from({ length: Math.ceil(count / every) }, (_, i) => i * every);
		return svg('svg', { class: 'steps', viewBox: `0 0 ${width} ${height + 22}`, role: 'img', 'aria-label': t('numbers.growth.words') },
			svg('line', { x1: 0, x2: width, y1: height, y2: height }), ...years.map((i) => svg('text', { x: Math.max(14, Math.min(width - 14, x(i + 0.5))), y: height + 16 }, String(first + i))),
			...series.map((one) => svg('path', { class: one.name, d: path(one.sums) })), svg('text', { class: 'end', x: lb.isRtl() ? 2 : width - 2, y: 14 }, lb.number(most)));
	}

	function growth(all, width) {
		const years = all.flatMap((one) => one.years.map(([year]) => year));
		if (years.length === 0)
			return '';
		const first = Math.min(...years), last = Math.max(...years);
		const series = ['taken', 'posted'].map((name, i) => ({ name, counts: new Map(all[i].years), sums: [] })), rows = [];
		for (let year = first; year <= last; year++) {
			for (const one of series)
				one.sums.push((one.sums[year - first - 1] || 0) + (one.counts.get(year) || 0));
			if (series.some((one) => one.counts.has(year)))
				rows.push([String(year), ...series.flatMap((one) => [one.counts.get(year) || 0, one.sums[year - first]])]);
		}
		const key = (name) => el('li', null, svg('svg', { class: 'steps key', viewBox: '0 0 28 8', 'aria-hidden': 'true' }, svg('path', { class: name, d: 'M0 4H28' })), ' ', t(`numbers.${name}`));
		return lb.section(t('numbers.growth'), el('p', null, t('numbers.growth.intro')), el('ul', { class: 'legend' }, key('taken'), key('posted')), el('div', { class: 'chart' }, steps(series, first, width, 220),
			lb.twin(t('numbers.growth'), ['time.year', 'numbers.taken', 'numbers.takenSum', 'numbers.posted', 'numbers.postedSum'].map((name) => t(name)), rows)));
	}

	/* ---- the most of each ---- */

	const owners = async () => (await (await lb.select({})).facets('owner', TOP)).map(([nsid, name, count]) => [lb.link('photos', { owner: nsid }, lb.titled(lb.visible(name, nsid))), count]);
	const speakers = async () => (await lb.entries('people')).filter((person) => person[7][2]).sort((a, b) => b[7][2] - a[7][2]).slice(0, TOP)
		.map((person) => [lb.link(`person/${person[0]}`, { tab: 'said' }, el('bdi', null, lb.visible(person[1], person[0]))), person[7][2]]);

	async function most(name) {
		const { rows } = await lb.select({ sort: name }), numbers = await lb.values(name, rows.subarray(0, TOP));
		const shown = Array.from(rows.subarray(0, TOP)).filter((_, i) => numbers[i] > 0);
		const tiles = await lb.tiles(shown, { sort: name });
		shown.forEach((_, i) => tiles.children[i].append(el('span', { class: 'sum' }, lb.n(`count.${name}`, numbers[i]))));
		return shown.length > 0 && lb.section(t(`numbers.most.${name}`), tiles, el('p', { class: 'all' }, lb.link('photos', { sort: name }, t(`numbers.all.${name}`))));
	}

	async function render(route, main) {
		const all = await Promise.all([lb.years('taken'), lb.years('posted')]);
		const years = [...all[0].years].sort((a, b) => b[1] - a[1]).slice(0, TOP).map(([year, count]) => [lb.link('photos', { year }, String(year)), count]);
		const licenses = lb.meta.licenses.filter((license) => license[3]).sort((a, b) => b[3] - a[3]).map(([slug, label, , count]) => [lb.link('photos', { license: slug }, label), count]);
		const parts = [growth(all, lb.room(main)), el('div', { class: 'columns-of' }, ranking(t('numbers.years'), years, more('timeline', t('time.title'))), ranking(t('numbers.licences'), licenses),
			ranking(t('numbers.owners'), await owners()), ranking(t('numbers.commenters'), await speakers(), more('people', t('people.title')))), ...await Promise.all(['views', 'faves', 'comments'].map(most))];
		lb.begin(main, t('numbers.title'), t('numbers.intro'), totals(), ...parts.filter(Boolean));
	}

	lb.view('statistics', { title: () => t('numbers.title'), render });
})(window.lifeboat = window.lifeboat || {});
