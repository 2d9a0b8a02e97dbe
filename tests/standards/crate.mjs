/* What the ro-crate library reads of one crate, as JSON. Nothing is fetched: its own check of the context would be. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { ROCrate, Checker } = createRequire(import.meta.url)('ro-crate');
const crate = new ROCrate(JSON.parse(readFileSync(process.argv[2], 'utf8')), { array: true, link: true });
const checker = new Checker(crate);
const checks = ['hasRootDataset', 'hasRootDatasetWithProperID', 'hasName', 'hasDescription', 'hasAuthor', 'hasLicense', 'hasDatePublished'];
const complaints = checks.map((name) => checker[name]()).filter((item) => !item.status).map((item) => `${item.name}: ${item.message}`);
const entities = [...crate.entities()];
console.log(JSON.stringify({ complaints, entities: entities.length, files: entities.filter((entity) => entity['@type'].includes('File')).length,
	parts: crate.rootDataset.hasPart.length }));
