// Comforts of the form: the browser's time zone where none was chosen, and Enter where one says what shows what it brings.
"use strict";
const wish = document.getElementById("wish");
const spoken = document.getElementById("wish-words");

if (wish) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const select = wish.elements.namedItem("zone");
  const chosen = new URLSearchParams(location.search).has("zone") || select.value !== "UTC";
  if (!chosen && [...select.options].some((option) => option.value === zone)) {
    select.value = zone;
    if (spoken) spoken.textContent = spoken.textContent.replace("UTC time", `${zone.replaceAll("_", " ")} time`);
  }
  wish.addEventListener("change", (event) => {
    if (spoken && event.target.name !== "email") spoken.textContent = "As chosen above.";
  });
  wish.elements.namedItem("what").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    wish.requestSubmit(wish.elements.namedItem("show"));
  });
}
