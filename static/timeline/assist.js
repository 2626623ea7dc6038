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

  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.pointerType !== "touch") start = end = monthAt(event);
  });
  addEventListener("pointermove", (event) => {
    if (start === null) return;
    end = monthAt(event);
    if (end !== start) draw();
  });
  addEventListener("pointerup", () => {
    if (start === null) return;
    const [from, to] = [Math.min(start, end), Math.max(start, end)];
    start = null;
    if (from === to) return band.remove();
    const address = new URL(svg.dataset.address, location);
    address.searchParams.set("since", nameOf(from));
    address.searchParams.set("until", nameOf(to));
    location.assign(address);
  });
}

setUpSuggestions(document.getElementById("q"));
document.querySelectorAll("svg.bars").forEach(setUpDragging);
