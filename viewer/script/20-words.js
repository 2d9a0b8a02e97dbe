/* Words, numbers and dates in the language of the reader. Each language is one file in words/ that calls lifeboatWords. */
(function (lb) {
	'use strict';
	const known = new Map(); /* code → {name, dir, locale, strings}; the locale is for numbers and dates */
	const DAY = 86400;

	lb.languages = [['en', 'English'], ['de', 'Deutsch'], ['fr', 'Français'], ['ar', 'العربية']]; /* each has its file words/CODE.js */
	lb.language = 'en';

	window.lifeboatWords = (code, table) => { known.set(code, table); };

	/* Makes a language the current one; one that cannot be read changes nothing. */
	lb.speak = async function (code) {
		if (!lb.languages.some((language) => language[0] === code)) return;
		if (!known.has(code)) await lb.script(`words/${code}.js`).catch(() => {});
		if (!known.has(code)) return;
		lb.language = code;
		document.documentElement.lang = code;
		document.documentElement.dir = known.get(code).dir;
		formats.clear();
	};

	const formats = new Map();
	function format(Kind, options) {
		const key = Kind.name + JSON.stringify(options || null);
		if (!formats.has(key)) formats.set(key, new Kind(known.get(lb.language).locale || lb.language, options));
		return formats.get(key);
	}

	function look(key) {
		for (const code of [lb.language, 'en']) {
			const strings = known.has(code) ? known.get(code).strings : {};
			if (Object.hasOwn(strings, key)) return strings[key];
		}
		return key;
	}
	/* What is put in keeps its direction to itself, by U+2068 and U+2069, where it may differ from that of the words around it. */
	const TURNS = /[\u0590-\u08ff\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/, LETTER = /\p{L}/u;
	const apart = (value) => (document.documentElement.dir === 'rtl' ? LETTER : TURNS).test(value) ? `\u2068${value}\u2069` : value;
	const fill = (text, values) => text.replace(/\{(\d)\}/g, (_, n) => apart(values[n] ?? ''));

	/* A string of the user interface; {0}, {1} … are replaced by the further arguments. */
	lb.t = (key, ...values) => fill(String(look(key)), values);

	/* What a gap is about, by the name of its layer. */
	lb.part = (layer) => Object.hasOwn(known.get('en').strings, `gap.${layer}`) ? lb.t(`gap.${layer}`) : layer;

	/* The same for a number of things: the string has one form for each class of plural of the language; {0} is the number. */
	lb.n = function (key, count, ...values) {
		const forms = look(key);
		const form = typeof forms === 'string' ? forms : forms[format(Intl.PluralRules).select(count)] || forms.other;
		return fill(form, [lb.number(count), ...values]);
	};

	lb.number = (value, options) => format(Intl.NumberFormat, options).format(value);
	lb.percent = (value) => lb.number(value, { style: 'percent' });
	lb.join = (items) => format(Intl.ListFormat, { type: 'conjunction' }).format(items);
	lb.collator = () => format(Intl.Collator, { numeric: true, sensitivity: 'base' });

	lb.bytes = function (count) {
		const step = Math.min(3, Math.floor(Math.log10(Math.max(1, count)) / 3));
		return lb.number(count / 1000 ** step, { style: 'unit', unit: ['byte', 'kilobyte', 'megabyte', 'gigabyte'][step], unitDisplay: 'short', maximumFractionDigits: step ? 1 : 0 });
	};

	/* Dates are those of the data, never those of the reader's clock: everything is told in UTC. */
	const date = (seconds, options) => format(Intl.DateTimeFormat, { timeZone: 'UTC', ...options }).format(seconds * 1000);
	const seconds = (when) => typeof when === 'string' ? Date.parse(when) / 1000 : when;
	const LAST = 8.64e12; /* s: no calendar of a browser goes further from 1970 */
	const isKnown = (when) => when !== null && when !== undefined && Math.abs(when) <= LAST;

	/* A day, of Unix seconds or of an ISO date. */
	lb.day = (when) => isKnown(seconds(when)) ? date(seconds(when), { dateStyle: 'long' }) : lb.t('unknown');
	/* Day and time of the day. */
	lb.when = (when) => isKnown(seconds(when)) ? `${date(seconds(when), { dateStyle: 'long', timeStyle: 'short' })} UTC` : lb.t('unknown');
	lb.monthName = (month, width) => date(month * 31 * DAY, { month: width || 'long' });
	/* When a photo was taken, as exactly as its owner said: 0 to the second, 1 month, 2 year, 3 about a year. */
	lb.taken = function (when, granularity) {
		if (!isKnown(when)) return lb.t('unknown');
		if (granularity === 0) return date(when, { dateStyle: 'long', timeStyle: 'short' });
		if (granularity === 1) return date(when, { year: 'numeric', month: 'long' });
		const year = date(when, { year: 'numeric' });
		return granularity === 2 ? year : lb.t('about.year', year);
	};

	/* Text for comparing: without case and accents. */
	lb.plain = (text) => String(text).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
})(window.lifeboat = window.lifeboat || {});
