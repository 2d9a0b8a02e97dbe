// Makes viewer/assets/land.js, the outline that the viewer's map draws, from Natural Earth data as the npm package world-atlas brings it:
// `make outline`. The same input gives the same bytes.
//
// A topology stores each line between two meeting points once ("arc"); land and countries are rings of arcs. Rings that cross the
// antimeridian come stitched together there, as on a globe: they are unrolled, and cut for a flat map.
import { readFileSync, writeFileSync } from 'node:fs';

const INPUT = new URL('node_modules/world-atlas/countries-50m.json', import.meta.url);
const OUTPUT = new URL('../assets/land.js', import.meta.url);
const TOLERANCE = 0.07; // degrees that a simplified line may stray from the real one
const SOURCE = {
	source: 'Natural Earth, 1:50m, version 4.1.0',
	address: 'https://www.naturalearthdata.com/',
	by: 'npm package world-atlas 2.0.2, simplified and rounded to 0.1 degree',
	rights: 'public domain',
	made: '2026-11-28', // when the input or this script last changed
	unit: '0.1 degree: x is longitude, y is latitude downwards',
};

// Points [x, y] in degrees; x runs on past 180 instead of jumping to -180.
function decode({ arcs, transform: { scale, translate } }) {
	return arcs.map((arc) => {
		let x = 0, y = 0;
		return unroll(arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]));
	});
}

function unroll(points) {
	let last = points[0][0];
	return points.map(([x, y]) => [last = x + 360 * Math.round((last - x) / 360), y]);
}

// Douglas and Peucker's: the fewest of the points that stay within the tolerance. Done by arc, so that neighbours still fit.
function simplify(points) {
	const first = points[0], last = points[points.length - 1];
	let far = 0, farthest = TOLERANCE;
	for (let i = 1; i < points.length - 1; i++) {
		const d = distance(points[i], first, last);
		if (d > farthest) [far, farthest] = [i, d];
	}
	if (!far) return points.length < 2 ? points : [first, last];
	return [...simplify(points.slice(0, far + 1)), ...simplify(points.slice(far)).slice(1)];
}

function distance([x, y], [ax, ay], [bx, by]) {
	const dx = bx - ax, dy = by - ay, long = dx * dx + dy * dy;
	const t = long ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / long)) : 0;
	return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

// A ring names its arcs by number; ~number is the same arc backwards. Each goes on, perhaps a turn further, where the last one ended.
function ring(numbers, arcs) {
	const points = [];
	for (const n of numbers) {
		const arc = n < 0 ? arcs[~n].toReversed() : arcs[n];
		const turn = points.length ? points[points.length - 1][0] - arc[0][0] : 0;
		points.push(...arc.slice(points.length ? 1 : 0).map(([x, y]) => [x + turn, y]));
	}
	const turns = Math.round((points[points.length - 1][0] - points[0][0]) / 360);
	if (turns) points.push([points[points.length - 1][0], -90], [points[0][0], -90]); // round the south pole
	return points;
}

// What of a closed ring, or of an open line, lies west (side 1) or east (side -1) of a meridian: a list of lines.
function clip(points, meridian, side, closed) {
	const inside = ([x]) => (meridian - x) * side >= 0;
	const lines = [[]];
	points.forEach((p, i) => {
		const before = i || closed ? points[(i || points.length) - 1] : p;
		if (inside(before) !== inside(p)) {
			const t = (meridian - before[0]) / (p[0] - before[0]);
			if (inside(p) && !closed) lines.push([]);
			lines[lines.length - 1].push([meridian, before[1] + t * (p[1] - before[1])]);
		}
		if (inside(p)) lines[lines.length - 1].push(p);
	});
	return lines;
}

// The parts of a line on the map from -180 to 180.
function flat(points, closed) {
	return [-360, 0, 360].flatMap((turn) => clip(points.map(([x, y]) => [x + turn, y]), 180, 1, closed))
		.flatMap((line) => (line.length ? clip(line, -180, -1, closed) : []));
}

function round(points) {
	return points.map(([x, y]) => [Math.round(x * 10), Math.round(y * -10)])
		.filter(([x, y], i, all) => !i || x !== all[i - 1][0] || y !== all[i - 1][1]);
}

// Path data in relative commands; "z" takes the pen back to where the ring began. Islands too small to be an area are left out.
function path(lines, closed) {
	let x = 0, y = 0, data = '';
	for (const points of lines.map(round)) {
		if (closed && String(points[0]) === String(points[points.length - 1])) points.pop();
		if (points.length < (closed ? 3 : 2)) continue;
		points.forEach(([px, py], i) => {
			data += (i === 0 ? 'm' : i === 1 ? 'l' : px < x ? '' : ' ') + (px - x) + (py < y ? '' : ' ') + (py - y);
			[x, y] = [px, py];
		});
		if (closed) [data, x, y] = [`${data}z`, ...points[0]];
	}
	return data;
}

const world = JSON.parse(readFileSync(INPUT));
const rings = (o) => (o.type === 'GeometryCollection' ? o.geometries.flatMap(rings) :
	o.type === 'MultiPolygon' ? o.arcs.flat() : o.type === 'Polygon' ? o.arcs : []);
const arcs = decode(world).map((arc) => simplify(arc));
const coast = rings(world.objects.land).map((numbers) => ring(numbers, arcs)).flatMap((points) => flat(points, true));
const uses = arcs.map(() => 0);
for (const country of world.objects.countries.geometries)
	for (const n of new Set(rings(country).flat().map((n) => (n < 0 ? ~n : n)))) uses[n]++;
const borders = arcs.filter((_, n) => uses[n] > 1).flatMap((points) => flat(points, false));

const rows = [[path(coast, true)], [path(borders, false)], SOURCE].map((row) => JSON.stringify(row));
writeFileSync(OUTPUT, `lifeboatShard({"format":1,"table":"land","shard":0,"first":0,"count":${rows.length},"rows":[\n${rows.join(',\n')}\n]});\n`);
