// The time zone of the browser, where the reader has not chosen one.
"use strict";
const chosen = new URLSearchParams(location.search).has("zone");
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const field of document.querySelectorAll("form[method='get'] select[name='zone'], form[method='post'] input[name='zone']")) {
  const select = document.querySelector("select[name='zone']");
  const known = select && [...select.options].some((option) => option.value === zone);
  if (!chosen && known && field.value === "UTC") field.value = zone;
}
