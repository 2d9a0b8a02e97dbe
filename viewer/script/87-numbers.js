/* Statistics: what is kept in numbers, and how the collection grew. */
(function (lb) {
	'use strict';
	const { el, svg, t } = lb;
	const TOP = 12;
	const COUNTS = ['photos', 'missing', 'stubs', 'videos', 'originals', 'comments', 'faves', 'notes', 'tags', 'people', 'albums', 'groups', 'galleries', 'collections', 'gaps'];
	const WHERE = { photos: 'photos', stubs: 'missing', missing: 'missing', tags: 'tags', people: 'people', albums: 'albums', groups: 'groups', galleries: 'galleries', collections: 'collections', gaps: 'missing' };

	function totals() {
		const known = COUNTS.filter((name) => lb.meta.counts[name]);
		return el('dl', { class: 'figures' }, ...known.map((name) => lb.figure(t(`numbers.${name}`),
			WHERE[name] ? lb.link(WHERE[name], {}, lb.number(lb.meta.counts[name])) : lb.number(lb.meta.counts[name]))));
	}

	function licences() {
		const used = lb.meta.licenses.filter((license) => license[3]).sort((a, b) => b[3] - a[3]);
		return lb.section(t('numbers.licences'), lb.ranked(used.map(([slug, label, , count]) => [lb.link('photos', { license: slug }, label), count])));
	}

	/* ---- over time ---- */

	function cumulate(time, first, last) {
		const sums = [];
		for (let year = first, sum = 0; year <= last; year++)
			sums.push(sum += time.years.has(year) ? time.years.get(year).count : 0);
		return sums;
	}

	/* Two steps of sums, year by year: taken as a solid line, posted as a broken one. */
	function lines(series, first, width, height) {
		const count = series[0].sums.length, most = Math.max(1, ...series.flatMap((one) => one.sums));
		const step = width / count, every = Math.max(1, Math.ceil(48 / step));
		const x = (i) => (lb.isRtl() ? width - i * step : i * step), y = (sum) => height - sum / most * (height - 24);
		const path = (sums) => `M${x(0)} ${height}` + sums.map((sum, i) => `V${y(sum).toFixed(1)}H${x(i + 1).toFixed(1)}`).join('');
		const marks = Array.from({ length: count }, (_, i) => i).filter((i) => i % every === 0);
		return svg('svg', { class: 'lines-chart', viewBox: `0 0 ${width} ${height + 22}`, role: 'img', 'aria-label': t('numbers.growth.words') },
			svg('line', { x1: 0, x2: width, y1: height, y2: height }),
			...marks.map((i) => svg('text', { x: x(i + 0.5), y: height + 16 }, String(first + i))),
			...series.map((one) => svg('path', { class: one.name, d: path(one.sums) })),
			svg('text', { class: 'end', x: lb.isRtl() ? 2 : width - 2, y: 14 }, lb.number(most)));
	}

	function growth(columns, width) {
		const taken = lb.byYear(columns.taken, columns.flags, 'taken'), posted = lb.byYear(columns.posted, columns.flags, 'posted');
		const years = [...taken.sorted, ...posted.sorted];
		if (!years.length)
			return '';
		const first = Math.min(...years), last = Math.max(...years);
		const series = [['taken', taken], ['posted', posted]].map(([name, time]) => ({ name, time, sums: cumulate(time, first, last) }));
		const rows = [];
		for (let year = first; year <= last; year++)
			if (series.some((one) => one.time.years.has(year)))
				rows.push([String(year), ...series.flatMap((one) => [one.time.years.has(year) ? one.time.years.get(year).count : 0, one.sums[year - first]])]);
		const key = (name) => el('li', null, svg('svg', { class: 'lines-chart key', viewBox: '0 0 28 8', 'aria-hidden': 'true' }, svg('path', { class: name, d: 'M0 4H28' })), ' ', t(`numbers.${name}`));
		return lb.section(t('numbers.growth'), el('p', null, t('numbers.growth.intro')), el('ul', { class: 'legend' }, key('taken'), key('posted')),
			el('div', { class: 'chart' }, lines(series, first, width, 220), lb.twin(t('numbers.growth'), ['time.year', 'numbers.taken', 'numbers.takenSum', 'numbers.posted', 'numbers.postedSum'].map((name) => t(name)), rows)));
	}

	/* ---- by year, by owner, the most of each ---- */

	function years(columns) {
		const time = lb.byYear(columns.taken, columns.flags, 'taken');
		const most = [...time.sorted].sort((a, b) => time.years.get(b).count - time.years.get(a).count).slice(0, TOP);
		return lb.section(t('numbers.years'), lb.ranked(most.map((year) => [lb.link('photos', { year }, String(year)), time.years.get(year).count])),
			el('p', { class: 'all' }, lb.link('timeline', {}, t('time.title'))));
	}

	function folk(people, role, head, link) {
		const counted = people.filter((person) => person[7][role]).sort((a, b) => b[7][role] - a[7][role]).slice(0, TOP);
		return counted.length ? lb.section(head, lb.ranked(counted.map((person) => [link(person, el('bdi', null, person[1] || person[0])), person[7][role]])),
			el('p', { class: 'all' }, lb.link('people', {}, t('people.title')))) : '';
	}

	async function most(name) {
		const { rows } = await lb.select({ sort: name });
		const column = await lb.column(name);
		const shown = Array.from(rows.subarray(0, TOP)).filter((row) => column[row] > 0);
		if (!shown.length)
			return '';
		const tiles = await lb.tiles(shown);
		shown.forEach((row, i) => tiles.children[i].append(el('span', { class: 'sum' }, lb.n(`count.${name}`, column[row]))));
		return lb.section(t(`numbers.most.${name}`), tiles, el('p', { class: 'all' }, lb.link('photos', { sort: name }, t(`numbers.all.${name}`))));
	}

	async function render(route, main) {
		main.append(el('h1', null, t('numbers.title')), lb.intro(t('numbers.intro')), totals());
		const [taken, posted, flags, people] = await Promise.all([lb.column('taken'), lb.column('posted'), lb.column('flags'), lb.all('people')]);
		const columns = { taken, posted, flags };
		main.append(growth(columns, lb.room(main)), el('div', { class: 'columns-of' }, years(columns), licences(),
			folk(people, 0, t('numbers.owners'), (person, name) => lb.link('photos', { owner: person[0] }, name)),
			folk(people, 2, t('numbers.commenters'), (person, name) => lb.link(`person/${person[0]}`, { tab: 'said' }, name))));
		for (const name of ['views', 'faves', 'comments'])
			main.append(await most(name));
	}

	lb.view('statistics', { title: () => t('numbers.title'), render });
})(window.lifeboat = window.lifeboat || {});
