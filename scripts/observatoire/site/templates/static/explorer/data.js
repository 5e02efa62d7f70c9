// The index of the explorer, loaded once: typed columns, lists of words, texts to search.
import { searchable } from "./search.js";

export const NOTHING = -1;
export const UNKNOWN = -2;
// The bits of `etat`; an organisation that the register does not follow has no page of its own.
export const PAGE = 1;
export const OBLIGED = 2;
export const PUBLISHES = 4;

const NUMBERS = [
  "type", "departement", "region", "population", "portails", "datagouv", "techno", "theme", "etat",
];
const SLICE = 5000; // lines prepared before the page may breathe

/** Fetch the index; throws when it cannot be had. */
export async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return prepare(await answer.json());
}

/** Make the index ready: { size, siren, nom, text, [columns], words, sets, regionOf }. */
export async function prepare(index) {
  const { colonnes } = index;
  const data = {
    version: index.version,
    date: index.date,
    size: colonnes.siren.length,
    siren: colonnes.siren,
    nom: colonnes.nom,
    text: [],
    words: index.mots,
    sets: index.ensembles,
    regionOf: index.regionDe,
  };
  for (const name of NUMBERS) data[name] = Int32Array.from(colonnes[name]);
  for (let from = 0; from < data.size; from += SLICE) {
    for (const name of data.nom.slice(from, from + SLICE)) data.text.push(searchable(name));
    await breathe();
  }
  return data;
}

function breathe() {
  return new Promise((resume) => setTimeout(resume));
}
