/* Asks every second how far a reading is; without this script the page reloads itself. */
(() => {
  const place = document.getElementById("import-watch");
  if (!place) return;
  const bar = place.querySelector("progress");
  const rows = document.getElementById("import-rows");
  const look = async () => {
    try {
      const answer = await fetch(place.dataset.address, { headers: { Accept: "application/json" } });
      const now = await answer.json();
      if (!now.is_at_work) {
        window.location.reload();
        return;
      }
      if (rows) rows.textContent = now.rows;
      if (bar && now.percent !== null) bar.value = now.percent;
    } catch {
      /* the network is away for a moment: ask again */
    }
    window.setTimeout(look, 1000);
  };
  window.setTimeout(look, 1000);
})();
