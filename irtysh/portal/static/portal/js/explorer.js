/* Comfort only: the form works without this file. */
(() => {
  "use strict";
  if (!window.fetch || !window.DOMParser) return;
  let asked = null;
  let shown = location.search;

  const place = () => document.getElementById("view");

  /* Replace the view by that of another address; keep what is open, focused and scrolled. */
  async function show(address, keep) {
    if (asked) asked.abort();
    asked = new AbortController();
    const view = place();
    view.classList.add("is-busy");
    try {
      const answer = await fetch(address, { signal: asked.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("view");
      if (!answer.ok || !fresh) {
        location.assign(address);
        return;
      }
      const open = [...view.querySelectorAll("[data-chooser][open]")].map((one) => one.dataset.chooser);
      const scrolled = new Map([...view.querySelectorAll("[data-chooser] .tree")].map((one) => [one.closest("[data-chooser]").dataset.chooser, one.scrollTop]));
      const focus = document.activeElement;
      const mark = focus && view.contains(focus) ? [focus.id, focus.name, focus.value, focus.getAttribute("href")] : null;
      const words = new Map([...view.querySelectorAll("input[type=search]")].map((one) => [one.id, one.value]));
      const status = fresh.querySelector("[data-status]").textContent;
      view.replaceChildren(...fresh.childNodes);
      for (const one of view.querySelectorAll("[data-chooser]")) {
        one.open = open.includes(one.dataset.chooser);
        one.querySelector(".tree").scrollTop = scrolled.get(one.dataset.chooser) || 0;
      }
      for (const [id, text] of words) {
        const input = text && document.getElementById(id);
        if (input) {
          input.value = text;
          look(input);
        }
      }
      view.classList.remove("is-busy");
      if (keep) history.pushState(null, "", answer.url);
      shown = location.search;
      document.dispatchEvent(new CustomEvent("irtysh:fresh", { detail: view }));
      refocus(mark);
      tongues();
      const says = view.querySelector("[data-status]");
      says.textContent = "";
      setTimeout(() => { says.textContent = status; }, 60);
    } catch (problem) {
      if (problem.name !== "AbortError") location.assign(address);
    }
  }

  function refocus(mark) {
    if (!mark) return;
    const [id, name, value, href] = mark;
    const same = id ? document.getElementById(id) : [...place().querySelectorAll("input, a, button")].find((one) => (name ? one.name === name && one.value === value : href && one.getAttribute("href") === href));
    (same || place().querySelector(".sheet"))?.focus({ preventScroll: true });
  }

  /* The links to the other languages lead to the same view. */
  function tongues() {
    for (const link of document.querySelectorAll("a[data-language]")) {
      link.search = location.search;
    }
  }

  function addressOf(form) {
    const said = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (value && !name.startsWith("find-")) said.append(name, value);
    }
    if (![...said].length) said.set("show", "labels");
    return `${form.action}?${said}`;
  }

  /* A dimension stands in one place: where it was put last. */
  function moved(form, chosen) {
    for (const other of form.querySelectorAll("select[name=rows], select[name=cols]")) {
      if (other !== chosen && other.value === chosen.value) other.value = "";
    }
  }

  /* Narrow a tree while typing: a short list here, a long one by asking the server. */
  let waiting = 0;
  function look(input) {
    const tree = input.closest("fieldset").querySelector(".tree");
    const words = input.value.trim().toLocaleLowerCase();
    if ("long" in input.dataset) {
      clearTimeout(waiting);
      waiting = setTimeout(() => ask(input, tree, words), 250);
      return;
    }
    for (const row of tree.children) {
      const box = row.querySelector("input");
      row.hidden = Boolean(words) && !(box && box.checked) && !row.textContent.toLocaleLowerCase().includes(words);
    }
  }

  async function ask(input, tree, words) {
    const form = input.form;
    const address = new URL(addressOf(form));
    const name = input.name.replace("find-", "");
    address.pathname += "codes/";
    address.searchParams.set("in", name);
    if (words) address.searchParams.set(input.name, words);
    const answer = await fetch(address);
    if (answer.ok && input.value.trim().toLocaleLowerCase() === words) tree.innerHTML = await answer.text();
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-explore] input[type=search]")) look(event.target);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-explore]");
    if (form && ["rows", "cols"].includes(event.target.name)) moved(form, event.target);
    if (form && event.target.type !== "search") show(addressOf(form), true);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-explore]");
    if (!form) return;
    event.preventDefault();
    if (event.submitter && event.submitter.closest(".chooser__find")) {
      look(event.submitter.closest(".chooser__find").querySelector("input"));
      return;
    }
    show(addressOf(form), true);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-view]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(link.href, true);
  });
  /* A jump within the page comes here too: the view is the same then. */
  window.addEventListener("popstate", () => {
    if (place() && shown !== location.search) show(location.href, false);
  });
})();
