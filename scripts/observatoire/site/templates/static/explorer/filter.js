// Which lines are shown, in which order. Values in, values out: nothing of the page here.
import { NOTHING, OBLIGED, PUBLISHES, UNKNOWN } from "./data.js";
import { answers, question } from "./search.js";

const MOST = 2 ** 20; // more lines than there are
const LAST = 2 ** 32; // more than any number of a column

/** The ranks of the lines that a state keeps, in its order. */
export function select(data, state) {
  const tests = [...pointing(data, state), ...belonging(data, state), ...being(data, state)];
  const asked = question(state.q);
  if (asked.words.length) tests.push((row) => answers(asked, data.text[row], data.siren[row]));
  return ordered(data, state.tri, state.sens).filter((row) => tests.every((test) => test(row)));
}

function* pointing(data, state) {
  for (const name of ["type", "region", "departement"]) {
    if (!state[name]) continue;
    const rank = data.words[name].findIndex(([code]) => code === state[name]);
    yield (row) => data[name][row] === rank;
  }
}

function* belonging(data, state) {
  for (const name of ["techno", "theme"]) {
    if (!state[name]) continue;
    const rank = data.words[name].findIndex(([code]) => code === state[name]);
    const holds = data.sets[name].map((set) => set.includes(rank));
    yield (row) => holds[data[name][row]];
  }
}

function* being(data, state) {
  for (const [name, bit] of [["publie", PUBLISHES], ["obligee", OBLIGED]]) {
    if (!state[name]) continue;
    const wanted = state[name] === "oui" ? bit : 0;
    yield (row) => (data.etat[row] & bit) === wanted;
  }
}

/** All the lines in an order, worked out once; the index comes in the order of names. */
export function ordered(data, column, way) {
  data.orders ??= new Map();
  const key = `${column} ${way}`;
  if (!data.orders.has(key)) data.orders.set(key, arrange(data, column, way));
  return data.orders.get(key);
}

function arrange(data, column, way) {
  const down = way === "desc";
  // A number that holds the value then the rank: sorting numbers is far faster than comparing.
  const keys = new Float64Array(data.size);
  for (let row = 0; row < data.size; row++) {
    keys[row] = weight(data, column, row, down) * MOST + row;
  }
  return Int32Array.from(keys.sort(), (found) => ((found % MOST) + MOST) % MOST);
}

/** What to sort by; lines that have nothing come last in both directions. */
function weight(data, column, row, down) {
  if (column === "nom") return down ? -row : 0;
  const value = data[column][row];
  if (value === NOTHING) return LAST;
  if (value === UNKNOWN) return LAST - 1;
  return down ? -value : value;
}
