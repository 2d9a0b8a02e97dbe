/* Help for the keyboard, over whatever view is shown. */
(function (lb) {
	'use strict';
	const { el, t } = lb;
	const NAMES = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', ' ': 'Space', Escape: 'Esc' };
	/* What browsers and the views do by themselves, whether or not single keys are switched on. */
	const ALWAYS = [[['Tab'], 'help.tab'], [['Enter'], 'help.enter'], [['Esc'], 'help.escape'], [['+', '−', '←', '↑', '↓', '→'], 'help.map'], [['←', '→', 'Space', 'Home', 'End'], 'help.slides']];

	const line = (keys, words) => [el('dt', null, ...keys.flatMap((key, i) => [i ? ' ' : '', el('kbd', null, NAMES[key] || key)])), el('dd', null, words)];

	/* shortcuts: [[key, words, act], …] of the shell and of the view that is shown. */
	lb.help = function (shortcuts) {
		const box = el('input', { type: 'checkbox', checked: lb.choice('keys') !== false });
		const dialog = el('dialog', { class: 'help', 'aria-labelledby': 'help-head' }, el('h2', { id: 'help-head' }, t('help.title')),
			el('h3', null, t('help.single')), el('dl', null, ...shortcuts.flatMap(([key, words]) => line([key], words))),
			el('label', null, box, el('span', null, t('set.keys'))),
			el('h3', null, t('help.always')), el('dl', null, ...ALWAYS.flatMap(([keys, words]) => line(keys, t(words)))),
			lb.button({ autofocus: true }, () => dialog.close(), t('help.close')));
		box.addEventListener('change', () => lb.choose('keys', box.checked));
		dialog.addEventListener('close', () => dialog.remove());
		document.body.append(dialog);
		dialog.showModal();
	};
})(window.lifeboat = window.lifeboat || {});
