// Numbers and lines in words, as French writes them.
import { NOTHING, OBLIGED, PUBLISHES, UNKNOWN } from "./data.js";

const FORMAT = new Intl.NumberFormat("fr-FR");

export function number(value) {
  return FORMAT.format(value);
}

/** "1 organisme", "12 organismes". */
export function counted(count) {
  return `${number(count)} organisme${count < 2 ? "" : "s"}`;
}

/** How many lines are kept out of all. */
export function result(kept, all) {
  if (kept === all) return `${counted(all)}.`;
  if (!kept) return "Aucun organisme ne répond à cette recherche. Essayez un nom plus court, ou enlevez des filtres. Une commune de moins de 3\u202f500 habitants n’est ici que si l’Observatoire lui connaît une publication.";
  return `${counted(kept)} sur ${number(all)}.`;
}

/** A count: a dash where nothing is published. */
export function count(value) {
  if (value === NOTHING) return "–";
  return value === UNKNOWN ? "inconnu" : number(value);
}

/** The département of a line, with its code. */
export function departement(data, row) {
  const found = data.words.departement[data.departement[row]];
  return found ? `${found[1]} (${found[0]})` : "";
}

/** Whether a line is known to publish, and whether the law obliges it. */
export function situation(etat) {
  const publishes = etat & PUBLISHES ? "publie" : "rien de connu";
  return etat & OBLIGED ? `${publishes}, obligé` : publishes;
}
