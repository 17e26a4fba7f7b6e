// Suggestions for a field that names a record of any register as "register/id".
// One listener for the whole page: rows are added to a form after it was opened.
(() => {
  const PAUSE = 250; // milliseconds after the last key
  let waiting = null;

  const show = (input, found) => {
    const list = input.parentElement.querySelector('datalist');
    if (!list) return;
    // A row added by the form's own script has the id of the template until then.
    list.id = `${input.id}-list`;
    input.setAttribute('list', list.id);
    list.replaceChildren(
      ...found.map(({ link, title, register }) => {
        const option = document.createElement('option');
        option.value = link;
        option.textContent = `${title} – ${register}`;
        return option;
      }),
    );
    const title = input.parentElement.querySelector('[data-record-link-title]');
    const chosen = found.find(({ link }) => link === input.value.trim());
    if (title) title.textContent = chosen ? `${chosen.title} – ${chosen.register}` : '';
  };

  const ask = async (input) => {
    const words = input.value.trim();
    const address = `${input.dataset.recordLinks}?q=${encodeURIComponent(words)}`;
    const answer = await fetch(address, { headers: { 'X-Requested-With': 'XMLHttpRequest' } });
    if (answer.ok && words === input.value.trim()) show(input, (await answer.json()).found);
  };

  document.addEventListener('input', ({ target }) => {
    if (!target.matches?.('input[data-record-links]')) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(target), PAUSE);
  });
})();
