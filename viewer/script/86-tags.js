/* Tags: larger the more often; those that programs wrote stand apart. */
(function (lb) {
	'use strict';
	const { el, t } = lb;
	const PER_PAGE = 300, SIZES = 5, FEW = 30; /* with fewer uses no tag is large */
	const isMachine = (tag) => /^[^:=\s]+:[^=]+=/.test(tag[1] || tag[0]);

	function item(tag, most) {
		const size = 1 + Math.round(Math.log(Math.max(1, tag[2])) / Math.log(Math.max(most, FEW)) * (SIZES - 1));
		return el('li', { class: `size-${size}` }, lb.link('photos', { tag: tag[0] }, lb.titled(lb.visible(tag[1], tag[0]))), ' ', lb.sum(lb.number(tag[2])));
	}

	async function render(route, main) {
		const tags = await lb.entries('tags');
		const machine = tags.filter(isMachine).length;
		const kind = route.params.kind === 'machine' && machine ? 'machine' : 'people';
		const sort = route.params.sort === 'name' ? 'name' : 'count';
		const found = lb.matching(tags.filter((tag) => isMachine(tag) === (kind === 'machine')), route.params.q, (tag) => `${tag[0]} ${tag[1]}`);
		const { compare } = lb.collator();
		found.sort(sort === 'name' ? (a, b) => compare(a[1], b[1]) : (a, b) => b[2] - a[2]);
		const most = found.reduce((max, tag) => Math.max(max, tag[2]), 1);
		const { shown, pager } = lb.cut(route, found, PER_PAGE);
		lb.begin(main, t('tags.title'), t('tags.intro'), lb.finder(route, t('tags.find')),
			lb.choices(t('list.sort'), route, 'sort', [['count', t('tags.byCount')], ['name', t('tags.byName')]], sort));
		if (machine)
			main.append(lb.choices(t('tags.kind'), route, 'kind', [['people', t('tags.people')], ['machine', t('tags.machine')]], kind));
		main.append(lb.counted(lb.n('tags.count', found.length)),
			el('ul', { class: `cloud ${kind}` }, ...shown.map((tag) => item(tag, most))), pager);
	}

	lb.view('tags', { title: () => t('tags.title'), render });
})(window.lifeboat = window.lifeboat || {});
