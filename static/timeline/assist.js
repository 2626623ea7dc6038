// Suggestions as one types, and dragging over the histogram. The pages work without this file.
"use strict";

function setUpSuggestions(input) {
  const list = document.createElement("datalist");
  list.id = "suggestions";
  input.after(list);
  input.setAttribute("list", list.id);
  let asked = 0;
  const suggest = async (number) => {
    const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(input.value)}`);
    if (!answer.ok || number !== asked) return; // a later letter was typed
    const texts = await answer.json();
    list.replaceChildren(...texts.map((text) => new Option(text, text)));
  };
  input.addEventListener("input", () => {
    asked += 1;
    setTimeout((number) => { if (number === asked) suggest(number); }, 150, asked);
  });
}

// A drag over several months narrows the view to them; a click still goes to one month.
function setUpDragging(svg) {
  const step = 10; // units of the picture a month
  let start = null;
  let end = null;
  const band = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  band.setAttribute("class", "selection");
  band.setAttribute("height", "100");

  const monthAt = (event) => {
    const box = svg.getBoundingClientRect();
    const units = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
    return Math.min(Math.max(Math.floor(units / step), 0), svg.viewBox.baseVal.width / step - 1);
  };
  const nameOf = (month) => {
    const year = Number(svg.dataset.first) + Math.floor(month / 12);
    return `${year}-${String((month % 12) + 1).padStart(2, "0")}`;
  };
  const draw = () => {
    const [from, to] = [Math.min(start, end), Math.max(start, end)];
    band.setAttribute("x", from * step);
    band.setAttribute("width", (to - from + 1) * step);
    svg.append(band);
  };

  const finish = () => {
    const [from, to] = [Math.min(start, end), Math.max(start, end)];
    if (from === to) return band.remove();
    const address = new URL(svg.dataset.address, location);
    address.searchParams.set("since", nameOf(from));
    address.searchParams.set("until", nameOf(to));
    location.assign(address);
  };

  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    start = end = monthAt(event);
    const dragging = new AbortController();
    addEventListener("pointermove", (moved) => {
      end = monthAt(moved);
      if (end !== start) draw();
    }, { signal: dragging.signal });
    addEventListener("pointerup", () => {
      dragging.abort();
      finish();
    }, { signal: dragging.signal });
  });
}

const prepared = new WeakSet();

// htmx replaces parts of the page; what hangs on them is set up again.
function prepare() {
  document.querySelectorAll("svg.bars").forEach((svg) => {
    if (prepared.has(svg)) return;
    prepared.add(svg);
    setUpDragging(svg);
  });
}

setUpSuggestions(document.getElementById("q"));
prepare();
document.addEventListener("htmx:historyRestore", prepare);
document.addEventListener("htmx:afterSettle", () => {
  prepare();
  if (document.activeElement === document.body) document.getElementById("main").focus({ preventScroll: true });
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("details.follow[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  document.querySelectorAll("details.follow[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
