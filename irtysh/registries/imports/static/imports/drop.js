/* A file may be dropped on the frame; without this script it is chosen as ever. */
(() => {
  const frame = document.getElementById("import-drop");
  const input = frame && frame.querySelector('input[type="file"]');
  const name = document.getElementById("import-name");
  if (!input) return;
  frame.querySelector(".import-drop__hint").hidden = false;
  const over = (on) => (event) => {
    event.preventDefault();
    frame.classList.toggle("import-drop--over", on);
  };
  frame.addEventListener("dragover", over(true));
  frame.addEventListener("dragleave", over(false));
  frame.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change"));
    }
  });
  input.addEventListener("change", () => {
    name.textContent = input.files.length ? input.files[0].name : "";
  });
})();
