/* The map: where photographs were taken, in circles by number; beside it the same places as a list.
 * The world is a plate of 3600 by 1800 units, a tenth of a degree each: x = longitude, y = -latitude. */
(function (lb) {
	'use strict';
	const { el, svg, t } = lb;
	const CELL = 64;   /* pixels of a square whose photographs share a circle */
	const COARSE = 6;  /* Flickr's accuracy: 1 world, 3 country, 6 region, 11 city, 16 street */
	const DEEPEST = 12, FITTED = 4, LISTED = 15;

	const within = (value, least, most) => Math.max(least, Math.min(most, value));
	const degrees = (units) => Math.round(units * 1000) / 10000;

	async function points() {
		const [geo, place] = await Promise.all([lb.column('geo'), lb.column('place')]);
		const coarse = geo.accuracy.map((accuracy) => accuracy > 0 && accuracy <= COARSE ? 1 : 0);
		return { x: geo.lon.map((lon) => lon * 10), y: geo.lat.map((lat) => -lat * 10), coarse, place, located: geo.lat.reduce((sum, lat) => sum + (lat === lat), 0), vague: coarse.reduce((sum, one) => sum + one, 0) };
	}

	/* What is in view: zoom z shows 3600 / 2^z units across. */
	function boxOf(look, size) {
		const scale = size.width * 2 ** look.zoom / 3600, half = { x: size.width / scale / 2, y: size.height / scale / 2 };
		return { left: look.x - half.x, right: look.x + half.x, top: look.y - half.y, bottom: look.y + half.y, scale };
	}

	/* Where to look so that all is seen, no closer than a country. */
	function whole(at, size) {
		const ends = (values) => values.reduce(([least, most], value) => [value < least ? value : least, value > most ? value : most], [Infinity, -Infinity]);
		const [left, right] = ends(at.x), [top, bottom] = ends(at.y);
		const across = Math.max(right - left, (bottom - top) * size.width / size.height, 1) * 1.25;
		return { x: (left + right) / 2, y: (top + bottom) / 2, zoom: within(Math.floor(Math.log2(3600 / across)), 0, FITTED) };
	}

	/* The cells in view, each with all that it holds. Cells are fixed to the world: circles stay when the map moves. */
	lb.bin = function (at, box) {
		const cell = CELL / box.scale, column0 = Math.floor(box.left / cell), row0 = Math.floor(box.top / cell);
		const columns = Math.floor(box.right / cell) - column0 + 1, rows = Math.floor(box.bottom / cell) - row0 + 1, size = columns * rows;
		const count = new Uint32Array(size), coarse = new Uint32Array(size), first = new Uint32Array(size);
		const x = new Float64Array(size), y = new Float64Array(size), places = new Uint32Array(lb.tableOf('places').rows);
		for (let i = 0; i < at.x.length; i++) {
			const column = at.x[i] / cell - column0, row = at.y[i] / cell - row0;
			if (!(column >= 0 && column < columns && row >= 0 && row < rows))
				continue;
			const slot = (row | 0) * columns + (column | 0);
			if (!count[slot]++)
				first[slot] = i;
			coarse[slot] += at.coarse[i];
			x[slot] += at.x[i];
			y[slot] += at.y[i];
			if (at.place[i] >= 0)
				places[at.place[i]]++;
		}
		const bins = [];
		for (let slot = 0; slot < size; slot++)
			if (count[slot])
				bins.push({ count: count[slot], coarse: coarse[slot], place: at.place[first[slot]], x: x[slot] / count[slot], y: y[slot] / count[slot],
					left: (slot % columns + column0) * cell, top: (Math.floor(slot / columns) + row0) * cell, cell });
		return { bins: bins.sort((a, b) => b.count - a.count), places: Array.from(places, (number, place) => [place, number]).filter((entry) => entry[1]).sort((a, b) => b[1] - a[1]) };
	};

	/* A disc for what is known well, a wide ring for what is known only by country or region. */
	function binLink(one, box, size, most, places) {
		const r = 13 + 14 * Math.sqrt(Math.log(one.count) / Math.log(most + 1));
		const words = lb.n('map.bin', one.count, placeName(places[one.place] || [])) + (one.coarse ? ' ' + lb.n('map.vague', one.coarse) : '');
		const near = [-one.top - one.cell, one.left, -one.top, one.left + one.cell].map(degrees).join();
		/* In the middle of its photographs, but so that it hides no circle of the next cell and is in sight. */
		const put = (middle, start, origin, length) => within(within((middle - origin) * box.scale, (start - origin) * box.scale + r, (start - origin) * box.scale + CELL - r), r, length - r);
		const cx = put(one.x, one.left, box.left, size.width), cy = put(one.y, one.top, box.top, size.height);
		return svg('a', { href: lb.href('photos', { near }), 'aria-label': words, 'data-x': one.x, 'data-y': one.y }, svg('title', null, words),
			one.coarse ? svg('circle', { class: 'vague', cx, cy, r: r + 7 }) : svg('g'), svg('circle', { class: one.coarse < one.count ? 'disc' : 'hollow', cx, cy, r }),
			svg('text', { x: cx, y: cy + 4 }, lb.number(one.count, { notation: 'compact' })));
	}

	const placeName = (place) => [...new Set(place.slice(0, 2))].filter((name) => lb.visible(name)).join(', ') || t('place.unnamed');
	const placeItem = (place, count) => el('li', null, lb.link('photos', { place: lb.placeKey(place) }, el('bdi', null, placeName(place))), ' ', lb.sum(lb.number(count)));

	class Chart {
		constructor(main, at, places, [land, borders]) {
			const width = Math.round(lb.room(main)), height = Math.round(within(width * 0.5, 300, 620));
			Object.assign(this, { at, places, size: { width, height }, land: svg('g', null, svg('path', { class: 'land', d: land }), svg('path', { class: 'borders', d: borders })), circles: svg('g'), says: el('p', { class: 'note', role: 'status' }), list: el('ol', { class: 'places' }) });
			this.plate = svg('svg', { class: 'plate', viewBox: `0 0 ${width} ${height}`, role: 'group', tabindex: -1, 'aria-label': t('map.label') }, this.land, this.circles);
			this.acts = { in: ['+', () => this.zoom(1)], out: ['−', () => this.zoom(-1)], west: ['←', () => this.pan(-1, 0)], north: ['↑', () => this.pan(0, -1)], south: ['↓', () => this.pan(0, 1)], east: ['→', () => this.pan(1, 0)],
				all: [t('map.allShort'), () => this.show(whole(this.at, this.size))], world: [t('map.worldShort'), () => this.show({ x: 0, y: 0, zoom: 0 })] };
			this.plate.addEventListener('keydown', (event) => this.key(event));
			this.plate.addEventListener('pointerdown', (event) => this.drag(event));
		}

		show(look) {
			this.look = { zoom: within(look.zoom, 0, DEEPEST), x: within(look.x, -1800, 1800), y: within(look.y, -900, 900) };
			const box = boxOf(this.look, this.size), { bins, places } = lb.bin(this.at, box);
			this.land.setAttribute('transform', `scale(${box.scale}) translate(${-box.left} ${-box.top})`);
			this.fill(bins.map((one) => binLink(one, box, this.size, bins[0].count, this.places)));
			this.says.textContent = t('map.seen', lb.number(bins.reduce((sum, one) => sum + one.count, 0)), lb.number(this.at.located)) + (this.at.vague ? ' ' + lb.n('map.vagueSum', this.at.vague) : '');
			this.list.replaceChildren(...places.slice(0, LISTED).map(([number, count]) => placeItem(this.places[number], count)));
			history.replaceState(history.state, '', lb.href('map', { at: [degrees(-this.look.y), degrees(this.look.x), this.look.zoom].join() }));
		}

		held() {
			return document.activeElement.closest('.plate a');
		}

		/* New circles; the focus goes from the old one to the nearest, or to the plate. */
		fill(links) {
			const held = this.held(), far = (link) => Math.hypot(link.dataset.x - held.dataset.x, link.dataset.y - held.dataset.y);
			this.circles.replaceChildren(...links);
			if (held)
				links.reduce((best, link) => best === this.plate || far(link) < far(best) ? link : best, this.plate).focus();
		}

		/* About the circle that has the focus, if any, else about the middle. */
		zoom(step) {
			const held = this.held(), about = held ? held.dataset : this.look;
			this.show({ x: Number(about.x), y: Number(about.y), zoom: this.look.zoom + step });
		}

		pan(x, y) {
			const third = this.size.width / boxOf(this.look, this.size).scale / 3;
			this.show({ ...this.look, x: this.look.x + x * third, y: this.look.y + y * third });
		}

		key(event) {
			const name = { '+': 'in', '=': 'in', '-': 'out', ArrowLeft: 'west', ArrowRight: 'east', ArrowUp: 'north', ArrowDown: 'south' }[event.key];
			if (!name || event.ctrlKey || event.metaKey || event.altKey)
				return;
			event.preventDefault();
			event.stopPropagation();
			this.acts[name][1]();
		}

		drag(down) {
			if (down.button || down.target.closest('a'))
				return;
			const from = this.look, per = this.size.width / this.plate.clientWidth / boxOf(from, this.size).scale;
			const move = (event) => this.show({ ...from, x: from.x - (event.clientX - down.clientX) * per, y: from.y - (event.clientY - down.clientY) * per });
			this.plate.setPointerCapture(down.pointerId);
			this.plate.addEventListener('pointermove', move);
			this.plate.addEventListener('lostpointercapture', () => this.plate.removeEventListener('pointermove', move), { once: true });
		}

		steer() {
			return el('div', { class: 'steer', role: 'group', 'aria-label': t('map.steer') }, ...Object.entries(this.acts).map(([name, [sign, act]]) =>
				lb.button({ 'aria-label': t(`map.${name}`), title: t(`map.${name}`) }, act, sign)));
		}
	}

	async function render(route, main) {
		const [at, places, [land, borders, made]] = await Promise.all([points(), lb.all('places'), lb.shard('land', 0)]);
		lb.begin(main, t('map.title'), t(at.located ? 'map.intro' : 'map.none'));
		if (!at.located)
			return;
		const chart = new Chart(main, at, places, [land, borders].flat());
		main.append(el('div', { class: 'map' }, chart.plate, chart.steer()), chart.says, lb.section(t('map.inView'), chart.list, el('p', { class: 'all' }, lb.link('places', {}, lb.n('map.places', places.length)))),
			lb.note(t('map.source', made ? made.source : '')));
		const [lat, lon, zoom] = String(route.params.at || '').split(',').map(Number);
		chart.show(Number.isFinite(lat + lon) && Number.isInteger(zoom) ? { x: lon * 10, y: -lat * 10, zoom } : whole(at, chart.size));
	}

	async function renderPlaces(route, main) {
		const found = lb.matching(await lb.entries('places'), route.params.q, placeName).sort((a, b) => b[2] - a[2]);
		const { shown, pager } = lb.cut(route, found, 200);
		lb.begin(main, t('place.title'), t('place.intro'), lb.finder(route, t('place.find')), lb.counted(lb.n('place.count', found.length)),
			el('ul', { class: 'index words' }, ...shown.map((place) => placeItem(place, place[2]))), pager);
	}

	lb.view('map', { title: () => t('map.title'), render });
	lb.view('places', { title: () => t('place.title'), render: renderPlaces });
})(window.lifeboat = window.lifeboat || {});
