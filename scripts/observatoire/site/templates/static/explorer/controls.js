// The form: its lists are filled from the index, its values from the address and back.
import { FILTERS } from "./state.js";

/** Fill the lists. */
export function fill(form, data) {
  for (const name of ["type", "region", "techno", "theme"]) {
    form.elements[name].append(...data.words[name].map(option));
  }
}

/** Show a state; the départements offered are those of the région chosen. */
export function show(form, data, state) {
  offerDepartements(form.elements.departement, data, state.region);
  if (form.elements.q.value.trim() !== state.q.trim()) form.elements.q.value = state.q;
  for (const name of FILTERS) form.elements[name].value = state[name];
}

/** What the form says. */
export function told(form) {
  return Object.fromEntries(["q", ...FILTERS].map((name) => [name, form.elements[name].value]));
}

/** A département that is not of the région chosen is chosen no more. */
export function coherent(state, data) {
  if (!state.region || !state.departement) return state;
  const rank = data.words.departement.findIndex(([code]) => code === state.departement);
  const region = data.words.region[data.regionOf[rank]]?.[0];
  return region === state.region ? state : { ...state, departement: "" };
}

function offerDepartements(list, data, region) {
  const rank = data.words.region.findIndex(([code]) => code === region);
  const kept = data.words.departement.filter((_, d) => !region || data.regionOf[d] === rank);
  const options = kept.map(([code, name]) => option([code, `${code} ${name}`]));
  list.replaceChildren(list.options[0], ...options);
}

function option([value, label]) {
  return new Option(label, value);
}
