/* Elements. Text reaches the page as text nodes only; an address only when it stays in this folder or is one of the web. */
(function (lb) {
	'use strict';
	const SVG = 'http://www.w3.org/2000/svg';
	const ADDRESSES = ['href', 'src', 'poster'];
	const NEVER = /^on|^(style|srcdoc|srcset|action|formaction|data|xlink:href)$/;
	const HERE = /^(#|\.\.\/[^/\\])/;
	const OUTSIDE = ['http:', 'https:', 'mailto:'];
	const RICH = { b: 'b', i: 'i', u: 'u', s: 's', quote: 'blockquote', ul: 'ul', li: 'li' };

	function isAddress(name, value) {
		return HERE.test(value) || (name === 'href' && lb.outward(value) !== null);
	}

	/* Attributes that are null, undefined or false are left out; true gives an empty one; class, dir, … by their names in HTML. */
	function make(element, attributes, children) {
		for (const [name, value] of Object.entries(attributes || {})) {
			if (value === null || value === undefined || value === false) continue;
			if (NEVER.test(name) || (ADDRESSES.includes(name) && !isAddress(name, value))) throw new TypeError(`${name}: ${value}`);
			element.setAttribute(name, value === true ? '' : value);
		}
		element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
		return element;
	}
	lb.el = (tag, attributes, ...children) => make(document.createElement(tag), attributes, children);
	lb.svg = (tag, attributes, ...children) => make(document.createElementNS(SVG, tag), attributes, children);

	/* A button with words (or an element) that acts. */
	lb.button = function (attributes, act, ...children) {
		const button = lb.el('button', { type: 'button', ...attributes }, ...children);
		button.addEventListener('click', act);
		return button;
	};

	/* The address of a file of this lifeboat, by its path from data/; null when it would lead out of it. */
	lb.local = function (path) {
		const parts = String(path).split('/');
		if (parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\\'))) return null;
		return `../${parts.map(encodeURIComponent).join('/')}`;
	};

	/* An address of the web that may be followed, or null. */
	lb.outward = function (url) {
		if (typeof url !== 'string' || url.includes('\\') || !URL.canParse(url)) return null;
		return OUTSIDE.includes(new URL(url).protocol) ? url : null;
	};

	/* A link that leaves this lifeboat; only its text when it may not be followed. */
	lb.out = (url, ...children) => lb.outward(url) === null ? lb.el('span', null, ...children)
		: lb.el('a', { class: 'out', rel: 'noopener noreferrer nofollow ugc', href: url }, lb.el('bdi', null, ...children));

	/* The hash of a view: "photos", "photo/123"; parameters that are null or empty are left out, arrays repeat theirs. */
	lb.href = function (view, params) {
		const query = new URLSearchParams();
		for (const [name, value] of Object.entries(params || {}))
			for (const one of [value].flat())
				if (one !== null && one !== undefined && one !== '') query.append(name, one);
		const text = query.toString().replace(/%2C/g, ',').replace(/%40/g, '@').replace(/%3A/g, ':');
		return `#/${view.split('/').map((part) => encodeURIComponent(part).replace(/%40/g, '@')).join('/')}${text ? `?${text}` : ''}`;
	};

	const host = (url) => URL.canParse(url) ? new URL(url).host : '';

	function photoLink(row, children) {
		const link = lb.el('a', null, ...children);
		lb.row('id', row).then((id) => link.setAttribute('href', lb.href(`photo/${id}`)));
		return link;
	}

	function node(item) {
		if (typeof item === 'string') return item;
		const [kind, ...rest] = item;
		if (kind === 'br') return lb.el('br');
		if (kind === 'img') return lb.out(rest[0], lb.t('image', rest[0].replace(/^[a-z]+:\/\//, '')));
		if (kind === 'photo') return photoLink(rest[0], rest.slice(1).map(node));
		if (kind === 'a') {
			const link = lb.out(rest[0], ...rest.slice(1).map(node));
			const shown = link.textContent.includes(host(rest[0])) || !host(rest[0]);
			return shown ? link : [link, lb.el('span', { class: 'host' }, ` (${host(rest[0])})`)];
		}
		return lb.el(RICH[kind] || 'span', null, ...rest.map(node).flat());
	}

	/* Text with its links and breaks, as the data has it: nested arrays. */
	lb.rich = function (nodes) {
		const fragment = document.createDocumentFragment();
		fragment.append(...(nodes || []).map(node).flat());
		return fragment;
	};

	/* The same as plain text. */
	lb.richText = (nodes) => (nodes || []).map((item) => typeof item === 'string' ? item
		: item[0] === 'br' ? '\n' : lb.richText(item.slice(['a', 'photo', 'img'].includes(item[0]) ? 2 : 1))).join('');

	/* A small fact for a list of them (dl): what it is, and its value. */
	lb.figure = (key, ...value) => lb.el('div', null, lb.el('dt', null, key), lb.el('dd', null, ...value));

	/* A person as a link: the name as given, and the identity that cannot be imitated. */
	lb.person = async function (number) {
		if (number < 0) return lb.el('span', { class: 'untitled' }, lb.t('unknown'));
		const [nsid, name] = await lb.row('people', number);
		return lb.el('a', { class: 'person', href: lb.href(`person/${nsid || ''}`), title: nsid }, lb.el('bdi', null, name || nsid || lb.t('unknown')));
	};

	/* A small picture of a photo, or null when there is none. */
	lb.picture = async function (row, attributes) {
		const [[thumb], [id]] = await Promise.all([lb.values('thumb', [row]), lb.values('id', [row])]);
		const src = lb.thumb(id, thumb);
		return src && lb.el('img', { src, alt: '', loading: 'lazy', decoding: 'async', ...attributes });
	};
	lb.thumb = (id, thumb) => thumb ? lb.local(thumb[0] === '/' ? thumb.slice(1) : `media/thumbnails/${id}${thumb}`) : null;

	/* Registers a view: {title(route) → text, render(route, main)}, both may be async. */
	lb.views = new Map();
	lb.view = (name, view) => { lb.views.set(name, view); };
})(window.lifeboat = window.lifeboat || {});
