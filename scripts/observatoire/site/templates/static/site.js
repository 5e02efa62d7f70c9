// Nothing is asked of another server before a click.
"use strict";

// An invitation: its link becomes Datami itself, in a frame of this site.
for (const invite of document.querySelectorAll("[data-widget]")) {
  const link = invite.querySelector("a");
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.src = invite.dataset.widget;
    frame.title = "Datami : tableau, fiches, carte, graphiques";
    frame.className = "widget-cadre";
    invite.replaceWith(frame);
    frame.focus();
  });
}

// A page of Datami: the button puts the widget in place and loads its script.
for (const place of document.querySelectorAll("[data-script]")) {
  const button = place.querySelector("[data-afficher]");
  const show = () => {
    place.querySelector("[data-invite]").remove();
    place.append(place.querySelector("template").content.cloneNode(true));
    const script = document.createElement("script");
    script.src = place.dataset.script;
    script.addEventListener("error", () => {
      place.querySelector("[data-echec]").hidden = false;
      document.documentElement.classList.remove("dans-un-cadre");
    });
    document.head.append(script);
  };
  button.hidden = false;
  button.addEventListener("click", show);
  if (window.self !== window.top) document.documentElement.classList.add("dans-un-cadre");
  if (new URLSearchParams(location.search).has("afficher")) show();
}
