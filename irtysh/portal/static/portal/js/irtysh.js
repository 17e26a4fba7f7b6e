/* Comfort only: every page is complete without this file. */
(() => {
  "use strict";
  const words = {
    ru: { copy: "Скопировать", done: "Скопировано" },
    kk: { copy: "Көшіру", done: "Көшірілді" },
    en: { copy: "Copy", done: "Copied" },
  }[document.documentElement.lang] || { copy: "Copy", done: "Copied" };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-language]");
    if (link) {
      document.cookie = `django_language=${link.dataset.language};path=/;max-age=31536000;samesite=lax`;
    }
  });

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  if (navigator.clipboard) {
    for (const text of document.querySelectorAll("[data-copy]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button--quiet copier";
      button.textContent = words.copy;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(text.textContent.trim());
        button.textContent = words.done;
      });
      text.after(button);
    }
  }

  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const value = (row) => {
          const cell = row.cells[column];
          return cell.dataset.sort === undefined ? cell.textContent.trim() : cell.dataset.sort;
        };
        const rows = [...table.tBodies[0].rows].sort((a, b) => {
          const [x, y] = [value(a), value(b)];
          const known = (x !== "" && x !== "—") - (y !== "" && y !== "—");
          if (known) return -known;
          const number = Number(x) - Number(y);
          const sign = Number.isNaN(number) ? order.compare(x, y) : number;
          return down ? -sign : sign;
        });
        table.tBodies[0].append(...rows);
      });
    });
  }
})();
