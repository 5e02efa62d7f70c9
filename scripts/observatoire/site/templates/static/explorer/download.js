// What is shown, as a CSV file: for a French spreadsheet, or in the form of the register.
import { NOTHING, OBLIGED, PUBLISHES, UNKNOWN } from "./data.js";

const COLUMNS = {
  siren: (data, row) => data.siren[row],
  nom: (data, row) => data.nom[row],
  type: (data, row) => data.words.type[data.type[row]]?.[0],
  departement: (data, row) => data.words.departement[data.departement[row]]?.[0],
  nom_departement: (data, row) => data.words.departement[data.departement[row]]?.[1],
  nom_region: (data, row) => data.words.region[data.region[row]]?.[1],
  population: (data, row) => known(data.population[row]),
  jeux_portails: (data, row) => known(data.portails[row]),
  jeux_datagouv: (data, row) => known(data.datagouv[row]),
  technologies: (data, row) => joined(data, "techno", row),
  thematiques: (data, row) => joined(data, "theme", row),
  publie: (data, row) => (data.etat[row] & PUBLISHES ? "oui" : "non"),
  oblige: (data, row) => (data.etat[row] & OBLIGED ? "oui" : "non"),
};

/** "tableur": semicolons, and the mark by which Excel knows UTF-8; else commas and no mark. */
export const FORMS = {
  tableur: { mark: "\ufeff", between: ";", end: "\r\n", guard: true },
  registre: { mark: "", between: ",", end: "\n", guard: false },
};

/** The text of the file. */
export function csv(data, rows, { mark, between, end, guard }) {
  const lines = [Object.keys(COLUMNS).join(between)];
  const cells = Object.values(COLUMNS);
  const write = (cell) => quoted(guard ? guarded(cell) : cell, between);
  for (const row of rows) lines.push(cells.map((of) => write(of(data, row) ?? "")).join(between));
  return mark + lines.join(end) + end;
}

/** Give a file to the visitor. */
export function offer(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function known(value) {
  return value === NOTHING || value === UNKNOWN ? "" : String(value);
}

function joined(data, name, row) {
  const set = data.sets[name][data[name][row]] ?? [];
  return set.map((rank) => data.words[name][rank][0]).join("|");
}

/** A spreadsheet must not run a cell. */
function guarded(cell) {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

function quoted(cell, between) {
  const special = cell.includes(between) || /["\r\n]/.test(cell);
  return special ? `"${cell.replaceAll('"', '""')}"` : cell;
}
