// Starts the console. This file stands in for Trunk's inline start script, which the security policy
// forbids, and says in plain words when the program cannot be loaded or has stopped. With
// unfold.js it is all of the page's script that is not made by the compiler.

import { unfold } from "./unfold.js";

const own = document.querySelector("script[data-js][data-wasm]");

// Leptos builds the static parts of a view from templates, through `template.innerHTML`, and the security
// policy lets a string become markup through this policy alone. No view holds what is refused here.
const ACTIVE_MARKUP = /<\s*(script|iframe|object|embed|base)\b|[\s"'/]on[a-z]+\s*=|javascript\s*:/i;

if (window.trustedTypes) {
  window.trustedTypes.createPolicy("default", {
    createHTML(markup) {
      if (ACTIVE_MARKUP.test(markup)) {
        throw new TypeError("markup that could run a program was refused");
      }
      return markup;
    },
  });
}

for (const button of document.querySelectorAll("[data-reload]")) {
  button.addEventListener("click", () => location.reload());
}

// The first word stands: what fails after it is most often its consequence.
let told = false;

function tell(id, reason) {
  document.getElementById("boot-loading")?.remove();
  if (told) return;
  told = true;
  const message = document.getElementById(id);
  const words = message.querySelector("[data-reason]");
  // A panic may have left its own words there, which say more than the trap that follows it.
  words.textContent ||= String(reason);
  // There is no page to go back to.
  message.addEventListener("cancel", (event) => event.preventDefault());
  // Modal, so that it stands above a dialog that was open.
  message.showModal();
}

// A panic ends in a trap. After it the program's memory cannot be relied on, so nothing goes on.
function tellOfTrap(reason) {
  if (reason instanceof WebAssembly.RuntimeError) tell("boot-stopped", reason);
}

window.addEventListener("error", (event) => tellOfTrap(event.error));
window.addEventListener("unhandledrejection", (event) => tellOfTrap(event.reason));

async function program() {
  const answer = await fetch(new URL(own.dataset.wasm, document.baseURI));
  if (!answer.ok) throw new Error(`The program could not be loaded: the site answered ${answer.status}.`);
  return unfold(new Uint8Array(await answer.arrayBuffer()));
}

try {
  if (typeof WebAssembly !== "object") throw new Error("This browser cannot run WebAssembly.");
  const [console, bytes] = await Promise.all([import(new URL(own.dataset.js, document.baseURI).href), program()]);
  await console.default({ module_or_path: bytes });
  document.getElementById("boot-loading")?.remove();
} catch (reason) {
  tell("boot-failed", reason);
}
