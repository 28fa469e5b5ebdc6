"use strict";
(() => {
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const groups = [...document.querySelectorAll("details.group[data-severity]")].map((group) => ({
    group,
    rows: [...group.querySelectorAll("tbody tr")].map((row) => ({ row, text: row.textContent.toLowerCase() })),
    text: group.querySelector("summary").textContent.toLowerCase(),
  }));
  form.hidden = false;

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
    const row = [...document.querySelectorAll(`tr[data-row="${Number(wanted)}"]`)].find((one) => !one.closest("[hidden]"));
    for (const one of document.querySelectorAll("tr.here")) one.classList.remove("here");
    if (!row) {
      shown.textContent = shown.dataset.none.replace("0", wanted);
      return;
    }
    row.closest("details").open = true;
    row.classList.add("here");
    row.scrollIntoView({ block: "center" });
    row.querySelector("button")?.focus({ preventScroll: true });
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
  }

  let waiting = 0;
  form.addEventListener("input", (event) => {
    if (event.target.name === "row") return;
    clearTimeout(waiting);
    waiting = setTimeout(filter, event.target.name === "text" ? 150 : 0);
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
    for (const { group } of groups) group.open = true;
  });
})();
