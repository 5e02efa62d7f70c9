// What the address says: the search, the filters, the order, the page.

export const FILTERS = ["type", "region", "departement", "techno", "theme", "publie", "obligee"];
export const COLUMNS = ["nom", "type", "departement", "population", "portails", "datagouv", "etat"];
export const EMPTY = {
  q: "", type: "", region: "", departement: "", techno: "", theme: "", publie: "", obligee: "",
  tri: "nom", sens: "asc", page: 1,
};
const NUMBERS = new Set(["population", "portails", "datagouv", "etat"]);

/** The direction of a column that is sorted by for the first time: numbers, the highest first. */
export function firstWay(column) {
  return NUMBERS.has(column) ? "desc" : "asc";
}

/** The state of an address; what it does not know is left out, so that no link is broken. */
export function read(address, words) {
  const asked = new URLSearchParams(address);
  const state = { ...EMPTY, q: (asked.get("q") ?? "").slice(0, 200) };
  for (const name of FILTERS) {
    const value = asked.get(name) ?? "";
    if (allowed(name, words).includes(value)) state[name] = value;
  }
  if (COLUMNS.includes(asked.get("tri"))) state.tri = asked.get("tri");
  const way = asked.get("sens");
  state.sens = ["asc", "desc"].includes(way) ? way : firstWay(state.tri);
  const page = Number(asked.get("page"));
  if (Number.isInteger(page) && page > 0) state.page = page;
  return state;
}

function allowed(name, words) {
  return words[name]?.map(([code]) => code) ?? ["oui", "non"];
}

/** The address of a state: only what is not as it is at first. */
export function write(state) {
  const said = new URLSearchParams();
  for (const name of ["q", ...FILTERS]) if (state[name].trim()) said.set(name, state[name].trim());
  if (state.tri !== EMPTY.tri) said.set("tri", state.tri);
  if (state.sens !== firstWay(state.tri)) said.set("sens", state.sens);
  if (state.page > 1) said.set("page", state.page);
  const text = said.toString();
  return text ? `?${text}` : "";
}
