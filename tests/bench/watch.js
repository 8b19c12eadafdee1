// Runs in the page, before it: tells when what was waited for has been painted.

export function watch(imports) {
  const bench = { events: [], memory: null };
  window.bench = bench;
  performance.setResourceTimingBufferSize(5000);

  // After the frame in which something was drawn: what is posted in a frame's callback is heard when the frame is done.
  const painted = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      });
    });

  /** The time at which the page first showed what `check` looks for. */
  bench.until = (check) =>
    new Promise((resolve) => {
      if (check()) {
        resolve(painted());
        return;
      }
      const observer = new MutationObserver(() => {
        if (!check()) return;
        observer.disconnect();
        resolve(painted());
      });
      observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["aria-sort"] });
    });

  const rows = () => document.querySelectorAll("tr[data-session]");
  bench.summary = () => document.querySelector(".summary")?.textContent ?? "";
  bench.ids = () => Array.from(rows(), (row) => row.dataset.session);
  bench.shows = ({ summary, first }) => {
    if (bench.summary() !== summary) return false;
    const shown = rows();
    return shown.length >= first.length && first.every((id, place) => shown[place].dataset.session === id);
  };

  // The first rows of all, and all of them.
  bench.first = bench.until(() => document.querySelector("tr[data-session] .col-name a")?.textContent);
  bench.all = bench.until(() => bench.summary() === `${imports} imports`);

  // When a person did something, by the browser's own clock.
  for (const name of ["keydown", "click"]) {
    addEventListener(name, (event) => bench.events.push({ name, at: event.timeStamp }), { capture: true });
  }

  // The program's memory, which its script keeps to itself.
  const instantiate = (real) => async (...given) => {
    const made = await real.apply(WebAssembly, given);
    const { exports } = made.instance ?? made;
    bench.memory = Object.values(exports).find((one) => one instanceof WebAssembly.Memory) ?? null;
    return made;
  };
  WebAssembly.instantiateStreaming = instantiate(WebAssembly.instantiateStreaming);
  WebAssembly.instantiate = instantiate(WebAssembly.instantiate);
}
