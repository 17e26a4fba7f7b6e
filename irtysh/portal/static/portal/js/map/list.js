/* The list beside the map: filters, keys, distances. Knows nothing of how the map is drawn. */
window.irtyshList = (words, map) => {
  "use strict";
  const list = document.getElementById("map-list");
  const form = document.querySelector(".map-filters");
  const items = [...list.querySelectorAll(".map-item")];
  const byId = new Map(items.map((item) => [item.dataset.id, item]));
  const filled = (text, values) =>
    text.replace(/%\((\w+)\)s/g, (_whole, name) => values[name]);
  let current = null;

  for (const item of list.querySelectorAll(".map-item[data-on-map]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet map-show";
    const title = document.createElement("span");
    title.className = "hidden";
    title.textContent = `: ${item.querySelector("a").textContent}`;
    button.append(words.show, title);
    button.addEventListener("click", () => choose(item, true));
    item.append(button);
  }

  const isVisible = (item) => !item.hidden && !item.closest(".map-group").hidden;
  const control = (item) => item.querySelector(".map-show") || item.querySelector("a");

  /* One item at a time is a stop of the Tab key; arrows move it. */
  const hold = (item) => {
    for (const other of items) {
      const isHeld = other === item;
      for (const one of other.querySelectorAll("a, button")) one.tabIndex = isHeld ? 0 : -1;
      other.classList.toggle("map-item--chosen", isHeld && current !== null);
    }
  };

  const choose = (item, opens) => {
    current = item;
    hold(item);
    map.point(item.dataset.id, opens, item);
  };

  const step = (from, by) => {
    const seen = items.filter(isVisible);
    const at = seen.indexOf(from);
    const next = { first: 0, last: seen.length - 1 }[by] ?? Math.min(Math.max(at + by, 0), seen.length - 1);
    if (!seen[next]) return;
    choose(seen[next], false);
    control(seen[next]).focus();
  };

  list.addEventListener("keydown", (event) => {
    const item = event.target.closest(".map-item");
    if (!item || event.altKey || event.ctrlKey || event.metaKey) return;
    const by = { ArrowDown: 1, ArrowUp: -1, Home: "first", End: "last" }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      step(item, by);
    } else if (event.key === "Escape") {
      map.close();
    }
  });

  list.addEventListener("focusin", (event) => {
    const item = event.target.closest(".map-item");
    if (item && item !== current) choose(item, false);
  });

  /* Filters work at once; the address says what is shown, as it does without a script. */
  const boxes = [...form.querySelectorAll("[name=layer]")];
  const theme = form.querySelector("[name=theme]");
  const filter = () => {
    const shown = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    for (const group of list.querySelectorAll(".map-group")) {
      group.hidden = !shown.has(group.dataset.layer);
      const inGroup = [...group.querySelectorAll(".map-item")];
      for (const item of inGroup) {
        const isPlace = item.dataset.id.startsWith("places/");
        const themes = item.dataset.themes.split(" ");
        item.hidden = Boolean(theme.value) && !isPlace && !themes.includes(theme.value);
      }
      group.querySelector(".map-group__count").textContent = inGroup.filter((item) => !item.hidden).length;
    }
    const seen = items.filter(isVisible);
    if (seen.length && !seen.includes(current)) {
      current = null;
      hold(seen[0]);
    }
    map.show(new Set(seen.map((item) => item.dataset.id)));
    const onMap = seen.filter((item) => "onMap" in item.dataset).length;
    return filled(words.shown, { shown: onMap, total: seen.length });
  };

  const status = document.getElementById("map-status");
  const missing = boxes.filter((box) => box.checked && !list.querySelector(`[data-layer="${box.value}"]`));
  form.addEventListener("change", (event) => {
    if (event.target.name === "q") return;
    const wanted = boxes.find((box) => box.checked && !list.querySelector(`[data-layer="${box.value}"]`));
    if (wanted || missing.length) {
      form.requestSubmit();
      return;
    }
    const query = new URLSearchParams(new FormData(form));
    if (boxes.every((box) => box.checked)) query.delete("layer");
    for (const name of ["theme", "q"]) if (!query.get(name)) query.delete(name);
    const said = query.toString();
    history.replaceState(null, "", said ? `?${said}` : location.pathname);
    status.textContent = filter();
  });

  const RADIUS_KM = 6371.0088;
  const away = (from, to) => {
    const [a, b, c, d] = [from[1], from[0], to[1], to[0]].map((one) => (one * Math.PI) / 180);
    const half = Math.sin((c - a) / 2) ** 2 + Math.cos(a) * Math.cos(c) * Math.sin((d - b) / 2) ** 2;
    return 2 * RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, half)));
  };

  /* Sort every group by the distance from a point; what has no point stays at the end. */
  const sortFrom = (here) => {
    for (const group of list.querySelectorAll(".map-items")) {
      const measured = [...group.children].map((item) => {
        const at = map.place(item.dataset.id);
        return [item, at ? away(here, at) : Infinity];
      });
      measured.sort((one, other) => one[1] - other[1]);
      for (const [item, km] of measured) {
        group.append(item);
        const more = item.querySelector(".map-item__more");
        more.querySelector(".map-item__far")?.remove();
        if (Number.isFinite(km)) {
          const far = document.createElement("span");
          far.className = "map-item__far";
          const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 0 });
          far.textContent = `${filled(words.km, { km: number.format(Math.round(km)) })} · `;
          more.prepend(far);
        }
      }
    }
    items.sort((one, other) =>
      one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
  };

  // On a telephone the map comes before what narrows it.
  const isNarrowed = new URLSearchParams(location.search).size > 0;
  if (matchMedia("(max-width: 44rem)").matches && !isNarrowed) form.closest("details").open = false;
  document.querySelector(".map-keys").hidden = false;
  hold(items.find(isVisible));
  return { byId, choose, control, filled, filter, items, sortFrom, status };
};
