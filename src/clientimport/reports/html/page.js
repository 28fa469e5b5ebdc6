"use strict";
(() => {
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const copied = document.getElementById("copied");
  const groups = [...document.querySelectorAll("details.group[data-severity]")].map((group) => ({
    group,
    rows: [...group.querySelectorAll("tbody tr")].map((row) => ({ row, text: row.textContent.toLowerCase() })),
    text: group.querySelector("summary").textContent.toLowerCase(),
  }));
  let here = null;
  let opened = [];

  function filter() {
    const asked = new FormData(form);
    const severities = new Set(asked.getAll("severity"));
    const field = asked.get("field");
    const text = asked.get("text").trim().toLowerCase();
    let count = 0;
    for (const one of groups) {
      const data = one.group.dataset;
      const fits = severities.has(data.severity) && (!field || data.field === field);
      const whole = !text || one.text.includes(text);
      let here = 0;
      for (const { row, text: said } of fits ? one.rows : []) {
        row.hidden = !(whole || said.includes(text));
        here += row.hidden ? 0 : 1;
      }
      one.group.hidden = !here;
      if (here && text) one.group.open = true;
      count += here;
    }
    shown.textContent = shown.dataset.said.replace("0", String(count));
  }

  function jump() {
    const wanted = form.elements.row.value;
    if (!wanted) return;
    const rows = [...document.querySelectorAll(`tr[data-row="${Number(wanted)}"]`)].filter((one) => !one.closest("[hidden]"));
    here?.classList.remove("here");
    here = rows[(rows.indexOf(here) + 1) % rows.length]; // the same number again: what else is said about it
    if (!here) {
      shown.textContent = shown.dataset.none.replace("0", wanted);
      return;
    }
    here.closest("details").open = true;
    here.classList.add("here");
    here.scrollIntoView({ block: "center" });
    here.tabIndex = -1;
    (here.querySelector("button") ?? here).focus({ preventScroll: true });
  }

  async function copy(button) {
    const text = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    button.classList.add("done");
    copied.textContent = copied.dataset.said.replace("0", text);
  }

  let waiting = 0;
  form.addEventListener("input", (event) => {
    if (event.target.name === "row") return;
    clearTimeout(waiting);
    if (event.target.name === "text") waiting = setTimeout(filter, 150);
    else filter();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    filter();
    jump();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.copy");
    if (button) copy(button);
  });
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const one of opened) one.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });
  form.hidden = false;
  filter(); // a page that is opened again may come with what was asked before
})();
