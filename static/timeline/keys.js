// Keys, the help sheet and the theme toggle. The pages work without this file.
"use strict";

const root = document.documentElement;
const help = document.getElementById("help");

function setUpTheme() {
  const toggle = document.getElementById("theme-toggle");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const label = () => { toggle.textContent = isDark() ? "Light" : "Dark"; };
  toggle.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* holds for this page only */ }
    label();
  });
  system.addEventListener("change", label);
  label();
  toggle.hidden = false;
}

function setUpHelp() {
  const open = document.getElementById("help-open");
  open.addEventListener("click", () => help.showModal());
  open.hidden = false;
}

const entries = () => [...document.querySelectorAll(".entry, .entry-like")];
let current = -1;

function step(by) {
  const all = entries();
  if (!all.length) return;
  all[current]?.classList.remove("entry-current");
  current = Math.min(Math.max(current + by, 0), all.length - 1);
  all[current].classList.add("entry-current");
  all[current].querySelector("a.headline, a.headline-link")?.focus({ preventScroll: true });
  all[current].scrollIntoView({ block: "nearest" });
}

const commands = {
  "/": () => document.getElementById("q")?.focus(),
  j: () => step(1),
  k: () => step(-1),
  o: () => entries()[current]?.querySelector("a.headline, a.headline-link")?.click(),
  f: () => {
    const filters = document.getElementById("filters");
    filters?.focus();
    filters?.scrollIntoView({ block: "nearest" });
  },
  e: () => {
    const link = document.querySelector('link[rel="edit"]');
    if (link) location.assign(link.href);
  },
  "?": () => help.showModal(),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing && event.key === "Escape") typing.blur();
  if (typing || help.open || event.ctrlKey || event.metaKey || event.altKey) return;
  const command = commands[event.key];
  if (!command) return;
  event.preventDefault();
  command();
});

function setUpSharing(button) {
  button.hidden = false;
  if (navigator.share) button.textContent = "Share";
  button.addEventListener("click", async () => {
    const { share: url, title } = button.dataset;
    try {
      if (navigator.share) return await navigator.share({ url, title });
      await navigator.clipboard.writeText(url);
      button.textContent = "Copied";
    } catch { /* dismissed, or not allowed: the address stands above */ }
  });
}

setUpTheme();
setUpHelp();
document.querySelectorAll("[data-share]").forEach(setUpSharing);
