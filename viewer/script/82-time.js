/* Timeline: photographs by year and month. What is known only by year, or about, is in no month; what is unknown stands apart. */
(function (lb) {
	'use strict';
	const { el, t } = lb;
	const YEARS_A_PAGE = 12, STRIP = 8;
	const SPANS = [1, 2, 5, 10, 20, 50, 100, 1000];

	/* The years in order: {years: [[year, count], …], unknown: number of photographs without a date}. */
	lb.years = async function (by) {
		const counted = await (await lb.select({ by })).facets('year');
		const unknown = counted.find(([value]) => value === 'unknown');
		return { years: counted.filter((entry) => entry !== unknown).map(([year, , count]) => [Number(year), count]), unknown: unknown ? unknown[2] : 0 };
	};

	/* Bars wide enough for a finger: of one year each, or of several. */
	function overview(years, by, width) {
		const first = years[0][0], last = years[years.length - 1][0];
		const span = SPANS.find((step) => (Math.floor(last / step) - Math.floor(first / step) + 1) * 26 <= width) || 1000;
		const items = [];
		for (let from = Math.floor(first / span) * span; from <= last; from += span) {
			const within = years.filter(([year]) => year >= from && year < from + span);
			const count = within.reduce((sum, entry) => sum + entry[1], 0), name = span === 1 ? String(from) : `${from}–${from + span - 1}`;
			items.push({ name: String(from), count, words: lb.n('time.in', count, name), href: lb.href('photos', { year: within.map(([year]) => year).join(), by }) });
		}
		return lb.bars(t('time.chart'), items, width, 150);
	}

	function monthBars(year, months, by, width) {
		const counts = new Map(months.map(([month, , count]) => [Number(month), count]));
		const items = Array.from({ length: 12 }, (_, i) => {
			const count = counts.get(i + 1) || 0;
			return { name: lb.monthName(i, width < 480 ? 'narrow' : 'short'), count, words: lb.n('time.in', count, `${lb.monthName(i)} ${year}`), href: lb.href('photos', { year, month: i + 1, by }) };
		});
		return lb.bars(t('time.months', year), items, Math.min(width, 560), 64);
	}

	async function yearPart([year, count], by, width) {
		const selection = { year: String(year), by }, { rows, facets } = await lb.select({ ...selection, sort: by });
		const step = Math.max(1, rows.length / STRIP);
		const [months, strip] = await Promise.all([facets('month'), lb.tiles(Array.from({ length: Math.min(STRIP, rows.length) }, (_, i) => rows[Math.floor(i * step)]), { ...selection, sort: by })]);
		const loose = count - months.reduce((sum, month) => sum + month[2], 0);
		strip.classList.add('strip');
		return el('section', { class: 'year' }, el('h2', null, lb.link('photos', selection, String(year)), ' ', lb.sum(lb.n('count.photos', count))), strip,
			months.length > 1 ? monthBars(year, months, by, width) : months.map(([month, , n]) => lb.note(lb.link('photos', { year, month, by }, lb.n('time.in', n, lb.monthName(month - 1))))), loose > 0 && lb.note(lb.n('time.loose', loose)));
	}

	async function render(route, main) {
		const by = route.params.by === 'posted' ? 'posted' : 'taken';
		const { years, unknown } = await lb.years(by), width = lb.room(main);
		lb.begin(main, t('time.title'), t(`time.intro.${by}`), lb.choices(t('time.by'), route, 'by', [['taken', t('time.taken')], ['posted', t('time.posted')]], by));
		if (unknown)
			main.append(lb.note(lb.link('photos', { year: 'unknown', by }, lb.n('time.unknown', unknown))));
		if (!years.length)
			return;
		const rows = years.map(([year, count]) => [lb.link('photos', { year, by }, String(year)), count]);
		main.append(el('div', { class: 'chart' }, overview(years, by, width), lb.twin(t('time.chart'), [t('time.year'), t('count.head')], rows)));
		const { shown, pager } = lb.cut(route, years, YEARS_A_PAGE);
		main.append(...await Promise.all(shown.map((year) => yearPart(year, by, width))), pager);
	}

	lb.view('timeline', { title: () => t('time.title'), render });
})(window.lifeboat = window.lifeboat || {});
