// Two comforts of the form: the browser's time zone where none was chosen, and one form that follows the other.
"use strict";
const wish = document.querySelector("form.wish[method='get']");
const address = document.querySelector("form.wish[method='post'] input[name='email']")?.form;

function follow(words) {
  for (const field of wish.elements) {
    const hidden = field.name && address?.elements.namedItem(field.name);
    if (hidden) hidden.value = field.value;
  }
  const spoken = document.getElementById("wish-words");
  if (spoken) spoken.textContent = words;
}

if (wish) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const select = wish.elements.namedItem("zone");
  const chosen = new URLSearchParams(location.search).has("zone") || select.value !== "UTC";
  if (!chosen && [...select.options].some((option) => option.value === zone)) {
    select.value = zone;
    follow(document.getElementById("wish-words")?.textContent.replace("UTC time", `${zone.replaceAll("_", " ")} time`) ?? "");
  }
  wish.addEventListener("change", () => follow("As chosen above."));
}
