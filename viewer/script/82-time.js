/* Timeline: photographs by year and month. What is known only by year, or about, is in no month; what is unknown stands apart. */
(function (lb) {
	'use strict';
	const { el, t } = lb;
	const YEARS_A_PAGE = 8, STRIP = 8;
	const SPANS = [1, 2, 5, 10, 20, 50, 100, 1000];

	/* Months since year 0 of seconds since 1970, by the calendar alone: many times faster than Date. */
	lb.monthOf = function (seconds) {
		const days = Math.floor(seconds / 86400) + 719468;
		const era = Math.floor(days / 146097), day = days - era * 146097;
		const year = Math.floor((day - Math.floor(day / 1460) + Math.floor(day / 36524) - Math.floor(day / 146096)) / 365);
		const month = Math.floor((5 * (day - 365 * year - Math.floor(year / 4) + Math.floor(year / 100)) + 2) / 153);
		return (year + era * 400) * 12 + month + 2;
	};
	lb.yearOf = (seconds) => Math.floor(lb.monthOf(seconds) / 12);

	/* Map of year → {count, months, loose: known no closer than the year}; unknown: number of photographs without a date. */
	lb.byYear = function (dates, flags, by) {
		const years = new Map();
		let unknown = 0;
		for (let row = 0; row < dates.length; row++) {
			if (Number.isNaN(dates[row])) {
				unknown++;
				continue;
			}
			const month = lb.monthOf(dates[row]), year = Math.floor(month / 12);
			if (!years.has(year))
				years.set(year, { count: 0, months: new Uint32Array(12), loose: 0 });
			const entry = years.get(year);
			entry.count++;
			if (by === 'taken' && (flags[row] >> 10 & 3) > 1)
				entry.loose++;
			else
				entry.months[month % 12]++;
		}
		return { years, sorted: [...years.keys()].sort((a, b) => a - b), unknown };
	};

	/* Bars wide enough for a finger: of one year each, or of several. */
	function overview(time, by, width) {
		const first = time.sorted[0], last = time.sorted[time.sorted.length - 1];
		const span = SPANS.find((years) => (Math.floor(last / years) - Math.floor(first / years) + 1) * 26 <= width) || 1000;
		const items = [];
		for (let from = Math.floor(first / span) * span; from <= last; from += span) {
			const years = time.sorted.filter((year) => year >= from && year < from + span);
			const count = years.reduce((sum, year) => sum + time.years.get(year).count, 0);
			const name = lb.span(from, from + span - 1);
			items.push({ name: String(from), count, words: lb.n('time.in', count, name), href: lb.href('photos', { year: years.join(','), by }) });
		}
		return lb.bars(t('time.chart'), items, width, 150);
	}

	function monthBars(year, entry, by, width) {
		const items = Array.from(entry.months, (count, month) => {
			const name = lb.monthName(month, width < 480 ? 'narrow' : 'short');
			return { name, count, words: lb.n('time.in', count, `${lb.monthName(month, 'long')} ${year}`), href: lb.href('photos', { year, month: month + 1, by }) };
		});
		return lb.bars(t('time.months', year), items, Math.min(width, 560), 64);
	}

	/* Some photographs of each of these years, spread over it. */
	function samples(dates, years) {
		const found = new Map(years.map((year) => [year, []]));
		for (let row = 0; row < dates.length; row++)
			if (!Number.isNaN(dates[row])) {
				const rows = found.get(lb.yearOf(dates[row]));
				if (rows)
					rows.push(row);
			}
		for (const [year, rows] of found) {
			rows.sort((a, b) => dates[a] - dates[b]);
			const step = Math.max(1, rows.length / STRIP);
			found.set(year, Array.from({ length: Math.min(STRIP, rows.length) }, (_, i) => rows[Math.floor(i * step)]));
		}
		return found;
	}

	async function yearPart(year, entry, by, rows, width) {
		const strip = await lb.tiles(rows);
		strip.classList.add('strip');
		return el('section', { class: 'year' }, el('h2', null, lb.link('photos', { year, by }, String(year)), ' ', lb.sum(lb.n('count.photos', entry.count))),
			strip,
			entry.loose < entry.count ? monthBars(year, entry, by, width) : '',
			entry.loose ? el('p', { class: 'note' }, lb.n('time.loose', entry.loose)) : '');
	}

	function switches(route, by) {
		return lb.choices(t('time.by'), route, 'by', [['taken', t('time.taken')], ['posted', t('time.posted')]], by);
	}

	async function render(route, main) {
		const by = route.params.by === 'posted' ? 'posted' : 'taken';
		const [dates, flags] = await Promise.all([lb.column(by), lb.column('flags')]);
		const time = lb.byYear(dates, flags, by);
		const width = lb.room(main);
		main.append(el('h1', null, t('time.title')), lb.intro(t(`time.intro.${by}`)), switches(route, by));
		if (time.unknown)
			main.append(el('p', { class: 'note' }, lb.link('photos', { year: 'unknown', by }, lb.n('time.unknown', time.unknown))));
		if (!time.sorted.length)
			return;
		const rows = time.sorted.map((year) => [lb.link('photos', { year, by }, String(year)), time.years.get(year).count]);
		main.append(el('div', { class: 'chart' }, overview(time, by, width), lb.twin(t('time.chart'), [t('time.year'), t('count.head')], rows)));
		const { shown, pager } = lb.cut(route, time.sorted, YEARS_A_PAGE);
		const some = samples(dates, shown);
		for (const year of shown)
			main.append(await yearPart(year, time.years.get(year), by, some.get(year), width));
		main.append(pager);
	}

	lb.view('timeline', { title: () => t('time.title'), render });
})(window.lifeboat = window.lifeboat || {});
