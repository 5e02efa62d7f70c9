// The explorer: what the form and the address say, shown in the table.
import { coherent, fill, show, told } from "./controls.js";
import { load } from "./data.js";
import { csv, FORMS, offer } from "./download.js";
import { select } from "./filter.js";
import { EMPTY, FILTERS, firstWay, read, write } from "./state.js";
import { lines, order, pager, pages, sortable } from "./view.js";
import { result } from "./words.js";

const CALM = 350; // milliseconds without a key before the address and the screen reader are told

const page = document.querySelector("[data-explorer]");
const find = (name) => page.querySelector(`[data-${name}]`);
const form = find("recherche");
const heads = [...page.querySelectorAll("[data-tri]")];

let data;
let state = EMPTY;
let rows = [];
let waiting = 0;

/** Show a state: the table at once, what is slow to hear of once the visitor pauses. */
function apply(next) {
  const asked = coherent(next, data);
  rows = select(data, asked);
  state = { ...asked, page: Math.min(asked.page, pages(rows.length)) };
  show(form, data, state);
  lines(find("lignes"), data, rows, state.page, page.dataset.up);
  order(heads, state);
  pager(find("pages"), state.page, pages(rows.length), (p) => here({ ...state, page: p }));
  find("nombre").textContent = result(rows.length, data.size);
  for (const button of page.querySelectorAll("[data-csv]")) button.disabled = !rows.length;
}

function here(some) {
  return write(some) || location.pathname;
}

/** A search being typed is one step back, whatever its letters; any other change is one too. */
function remember(kind) {
  find("annonce").textContent = result(rows.length, data.size);
  if (here(state) === (location.search || location.pathname)) return;
  const typing = kind === "q" && history.state?.kind === "q";
  history[typing ? "replaceState" : "pushState"]({ kind }, "", here(state));
}

function change(next, kind) {
  apply(next);
  clearTimeout(waiting);
  if (kind === "q") waiting = setTimeout(remember, CALM, kind);
  else remember(kind);
}

function listen() {
  form.addEventListener("input", (event) => {
    change({ ...state, ...told(form), page: 1 }, event.target.name);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    change({ ...state, ...told(form), page: 1 }, "submit");
    find("resultats").focus();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    change(EMPTY, "reset");
    form.elements.q.focus();
  });
  for (const head of heads) sortable(head).addEventListener("click", () => sortBy(head.dataset.tri));
  find("pages").addEventListener("click", turn);
  for (const button of page.querySelectorAll("[data-csv]")) {
    button.addEventListener("click", () => {
      const name = `organismes-${data.version}-${data.date}.csv`;
      offer(name, csv(data, rows, FORMS[button.dataset.csv]));
    });
  }
  addEventListener("popstate", () => {
    clearTimeout(waiting);
    apply(read(location.search, data.words));
    find("annonce").textContent = result(rows.length, data.size);
  });
}

function sortBy(tri) {
  const first = firstWay(tri);
  const other = first === "asc" ? "desc" : "asc";
  const sens = tri === state.tri && state.sens === first ? other : first;
  change({ ...state, tri, sens, page: 1 }, "tri");
}

/** A link to another page, unless the visitor wants it in another tab. */
function turn(event) {
  const { page: wanted } = event.target.dataset;
  if (!wanted || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  change({ ...state, page: Number(wanted) }, "page");
  find("resultats").focus();
}

async function start() {
  find("sans").hidden = true;
  find("nombre").textContent = "Chargement de la liste complète…";
  try {
    data = await load(page.dataset.index);
  } catch (error) {
    find("nombre").textContent = "Voici les premiers organismes, dans l’ordre alphabétique.";
    find("echec").hidden = false;
    console.warn(error);
    return;
  }
  fill(form, data);
  apply(read(location.search, data.words));
  const narrow = matchMedia("(max-width: 38rem)").matches;
  find("filtres").open = !narrow || FILTERS.some((name) => state[name]);
  listen();
  for (const hidden of page.querySelectorAll("[data-vivant]")) hidden.hidden = false;
  page.dataset.pret = "";
}

start();
