// The lines of one page of results, and the links to the other pages. Text only: no HTML is read.
import { PAGE } from "./data.js";
import { count, departement, number, situation } from "./words.js";

export const PER_PAGE = 100;

/** How many pages some lines take; one at least. */
export function pages(count) {
  return Math.max(1, Math.ceil(count / PER_PAGE));
}

/** Put the lines of a page in the body of the table. */
export function lines(body, data, rows, page, up) {
  const shown = rows.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  body.replaceChildren(...Array.from(shown, (row) => line(data, row, up)));
}

function line(data, row, up) {
  const name = element("th");
  name.scope = "row";
  name.append(organisation(data, row, up));
  const out = element("tr");
  out.append(
    name,
    element("td", data.words.type[data.type[row]]?.[1]),
    territory(data, row, up),
    element("td", count(data.population[row]), "n"),
    element("td", count(data.portails[row]), "n"),
    element("td", count(data.datagouv[row]), "n"),
    element("td", situation(data.etat[row])),
  );
  return out;
}

/** The name; it leads to the page of the organisation where there is one. */
function organisation(data, row, up) {
  if (!(data.etat[row] & PAGE)) return data.nom[row];
  const link = element("a", data.nom[row]);
  link.href = `${up}organisations/${data.siren[row]}/index.html`;
  return link;
}

/** The département; it leads to its page where the organisation has none: one link a line. */
function territory(data, row, up) {
  const out = element("td");
  const words = departement(data, row);
  const [code, name] = data.words.departement[data.departement[row]] ?? [];
  if (data.etat[row] & PAGE || code === name) {
    out.append(words);
    return out;
  }
  const link = element("a", words);
  link.href = `${up}departements/${code}/index.html`;
  out.append(link);
  return out;
}

/** Make the title of a column a button, and return it. */
export function sortable(head) {
  const button = element("button", head.textContent, "tri");
  button.type = "button";
  head.replaceChildren(button);
  return button;
}

/** Say by which column the lines are sorted. */
export function order(heads, state) {
  for (const head of heads) {
    const sorted = head.dataset.tri === state.tri;
    if (sorted) head.ariaSort = state.sens === "asc" ? "ascending" : "descending";
    else head.removeAttribute("aria-sort");
  }
}

/** The links to other pages; `address` gives the address of a page. */
export function pager(place, page, last, address) {
  place.hidden = last < 2;
  const ends = [
    ["Première", 1, page > 1],
    ["Précédente", page - 1, page > 1],
    ["Suivante", page + 1, page < last],
    ["Dernière", last, page < last],
  ];
  const links = ends.map(([label, target, possible]) => {
    const link = element(possible ? "a" : "span", label);
    if (possible) {
      link.href = address(target);
      link.dataset.page = target;
    }
    return link;
  });
  links.splice(2, 0, element("span", `Page ${number(page)} sur ${number(last)}`, "ici"));
  place.replaceChildren(...links);
}

function element(name, text = "", kind = "") {
  const out = document.createElement(name);
  out.textContent = text;
  if (kind) out.className = kind;
  return out;
}
