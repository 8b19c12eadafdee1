// A plain file host, as plain as they come: the files of a folder under a sub-path, a type by their endings, 404
// for the rest. It knows no rule that answers an unknown address with the page.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Serves `folder` under `path`, which begins and ends with a slash; answers with the address and what ends it. */
export async function host(folder, path) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://host");
    const name = pathname.startsWith(path) ? normalize(pathname.slice(path.length)) || "index.html" : "..";
    const file = join(folder, name === "." ? "index.html" : name);
    const content = name.startsWith("..") ? null : await readFile(file).catch(() => null);
    response.writeHead(content ? 200 : 404, { "content-type": TYPES[extname(file)] ?? "text/plain" });
    response.end(content ?? "There is nothing at this address.\n");
  });
  await new Promise((listens) => server.listen(0, "127.0.0.1", listens));
  return { url: `http://127.0.0.1:${server.address().port}${path}`, close: () => server.close() };
}
