/* Slide show of a selection. It fills the window, can be stopped, and does not start by itself for those who want no motion. */
(function (lb) {
	'use strict';
	const { el, t } = lb;
	const PACES = [3, 6, 12, 30]; /* seconds */

	const still = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

	/* The largest picture that is here and that a browser can show. */
	async function pictureOf(row) {
		const [[, facts] = [0, {}]] = await lb.blocks('detail', row);
		const shown = facts.original && /^image\/(jpeg|png|gif|webp|avif|bmp)$/.test(facts.original[5]) ? facts.original : facts.thumbnail;
		return shown ? lb.local(shown[0]) : null;
	}

	class Show {
		constructor(rows, params) {
			Object.assign(this, { rows, params, at: 0, pace: 6, timer: 0, playing: !still() });
			this.stage = el('div', { class: 'show' });
			this.caption = el('p', { class: 'caption', 'aria-live': 'off' });
			this.play = lb.button(null, () => this.turn(!this.playing));
			this.dialog = el('dialog', { class: 'slides', 'aria-label': t('slides.title') }, this.stage, el('div', { class: 'below' }, this.caption, this.controls()));
			this.dialog.addEventListener('keydown', (event) => this.key(event));
			this.dialog.addEventListener('close', () => this.leave());
		}

		controls() {
			const pace = el('select', null, ...PACES.map((seconds) => el('option', { value: seconds, selected: seconds === this.pace }, lb.n('slides.seconds', seconds))));
			pace.addEventListener('change', () => {
				this.pace = Number(pace.value);
				this.wait();
			});
			const button = (name, act) => lb.button(null, act, t(`slides.${name}`));
			return el('div', { class: 'controls' }, button('previous', () => this.step(-1)), this.play, button('next', () => this.step(1)),
				el('label', null, t('slides.pace'), ' ', pace), button('full', () => this.full()), button('leave', () => this.dialog.close()));
		}

		full() {
			if (document.fullscreenElement)
				document.exitFullscreen();
			else
				this.dialog.requestFullscreen().catch(() => {}); /* not every browser can */
		}

		turn(playing) {
			this.playing = playing;
			this.play.textContent = t(playing ? 'slides.pause' : 'slides.play');
			this.caption.setAttribute('aria-live', playing ? 'off' : 'polite');
			this.wait();
		}

		wait() {
			clearTimeout(this.timer);
			if (this.playing && this.dialog.open)
				this.timer = setTimeout(() => this.step(1), this.pace * 1000);
		}

		step(by) {
			return this.show((this.at + by + this.rows.length) % this.rows.length);
		}

		async show(at) {
			this.at = at;
			const row = this.rows[at], source = await pictureOf(row);
			const [id, title, owner, license] = (await Promise.all(['id', 'title', 'owner', 'license'].map((name) => lb.values(name, [row])))).flat();
			const name = title || t('untitled'), [nsid, credit] = await lb.row('people', owner);
			if (this.at !== at) /* a later step was quicker */
				return;
			this.stage.replaceChildren(source ? el('img', { src: source, alt: name }) : el('p', { class: 'nopic' }, t('slides.nothing')));
			this.caption.replaceChildren(el('a', { href: lb.href(`photo/${id}`, this.params) }, el('bdi', null, name)),
				el('span', { class: 'sum' }, [credit || nsid, license >= 0 && lb.meta.licenses[license][1]].filter(Boolean).join(' · ')), el('span', { class: 'n' }, t('slides.of', lb.number(at + 1), lb.number(this.rows.length))));
			history.replaceState(history.state, '', lb.href('slides', { ...this.params, at: id }));
			this.wait();
		}

		key(event) {
			const acts = { ArrowRight: () => this.step(lb.isRtl() ? -1 : 1), ArrowLeft: () => this.step(lb.isRtl() ? 1 : -1), Home: () => this.show(0), End: () => this.show(this.rows.length - 1) };
			if (event.target.tagName === 'SELECT' || event.ctrlKey || event.metaKey || event.altKey)
				return;
			if (event.key === ' ' && event.target.tagName !== 'BUTTON' && event.target.tagName !== 'A')
				acts[' '] = () => this.turn(!this.playing);
			if (acts[event.key]) {
				event.preventDefault();
				acts[event.key]();
			}
			event.stopPropagation();
		}

		/* Back to where the selection is seen, unless a link already led elsewhere. */
		leave() {
			clearTimeout(this.timer);
			this.dialog.remove();
			if (location.hash.startsWith('#/slides'))
				location.hash = lb.href('photos', this.params);
		}

		/* The dialog stands beside the views, which are taken out of the page and put back while they are made. */
		async start(from) {
			document.body.append(this.dialog);
			window.addEventListener('hashchange', () => this.dialog.close(), { once: true });
			this.dialog.showModal();
			this.play.focus();
			await this.show(Math.max(0, from));
			this.turn(this.playing);
		}
	}

	async function render(route, main) {
		const { at, page, view, ...params } = route.params, { rows } = await lb.select(params);
		lb.begin(main, t('slides.title'), lb.link('photos', params, lb.n('count.photos', rows.length)));
		if (rows.length)
			await new Show(rows, params).start(at ? rows.indexOf(await lb.find('photo', at)) : 0);
	}

	lb.view('slides', { title: () => t('slides.title'), render });
})(window.lifeboat = window.lifeboat || {});
