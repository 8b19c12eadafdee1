// A real proxy in front of a simulated fleet: nginx or Caddy from Debian's packages, with the configuration that
// `deploy/` holds. Only its block of site values is another, and of that only the values.

import { execFileSync, spawn } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CACHE = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
/** Where the set-up unpacks Debian's packages. */
const PACKAGES = join(process.env.ARRAY_CONSOLE_TOOLS ?? join(CACHE, "array-console"), "proxies");

const BEGIN = /^ *# --- site values: .*\n/m;
const END = /^ *# --- end of site values\n/m;

/** The text before, in and after the block of site values. */
export function parts(text) {
  const begin = BEGIN.exec(text);
  const end = END.exec(text);
  return { before: text.slice(0, begin.index), block: text.slice(begin.index, end.index), after: text.slice(end.index) };
}

/** Puts these values, each in the place of one that the block has, into the block. */
function filled(file, values) {
  const text = readFileSync(join(ROOT, "deploy", file), "utf8");
  const { before, block, after } = parts(text);
  let changed = block;
  for (const [from, to] of values) {
    if (!changed.includes(from)) throw new Error(`${file}: the site values have no ${from}`);
    changed = changed.replaceAll(from, to);
  }
  return before + changed + after;
}

/** Where the arrays are; their certificates are for this machine. */
const arrays = (own) => [
  ["192.0.2.11:443", own.frankfurt],
  ["192.0.2.12:443", own.dublin],
  ["192.0.2.13:8088", own.dfm],
  ["powerstore-frankfurt.example.com", "localhost"],
  ["powerstore-dublin.example.com", "localhost"],
  ["dfm.example.com", "localhost"],
];

/** What nginx writes while it works, where a person who is not root may write. */
const scratch = (folder) => ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((of) => `${of}_temp_path ${folder}/${of};`).join("\n    ");

const PROXIES = {
  nginx: {
    file: "nginx.conf",
    values: ({ folder, at, ports, own, certificates, hsts }) => [
      ['map "" $console { default ""; }', `map "" $console { default "${at}"; }`],
      ...arrays(own),
      ["/var/www/console", join(folder, "console")],
      ["/etc/nginx/console", join(folder, "site")],
      ["/var/log/nginx/access.log", join(folder, "access.log")],
      ["listen 80;", `listen 127.0.0.1:${ports.http};`],
      ["listen 443 ssl http2;", `listen 127.0.0.1:${ports.https} ssl http2;`],
      ["listen [::]:80;", ""],
      ["listen [::]:443 ssl http2;", ""],
      ["https://console.example.com", `https://127.0.0.1:${ports.https}`],
      ["    root ", `    ${scratch(folder)}\n    root `],
      ...(certificates
        ? [
            ["    proxy_ssl_verify off;\n", ""],
            ["# proxy_ssl_verify on;", "proxy_ssl_verify on;"],
            ["# proxy_ssl_trusted_certificate /etc/nginx/arrays.pem;", `proxy_ssl_trusted_certificate ${certificates};`],
          ]
        : []),
      ...(hsts ? [['# on "max-age', 'on "max-age']] : []),
    ],
    command: ({ folder, configuration }) => [
      join(PACKAGES, "usr/sbin/nginx"),
      ["-p", join(PACKAGES, "usr/share/nginx"), "-c", configuration, "-e", "stderr", "-g", `daemon off; pid ${folder}/nginx.pid;`],
    ],
  },
  caddy: {
    file: "Caddyfile",
    values: ({ folder, at, ports, own, certificates, hsts }) => [
      ["http_port 80\n", `http_port ${ports.http}\n\tdefault_bind 127.0.0.1\n`],
      ["https_port 443", `https_port ${ports.https}`],
      ["admin localhost:2019", "admin off"],
      ["/etc/caddy/console", join(folder, "site")],
      ["https://console.example.com", `https://127.0.0.1:${ports.https}`],
      ['console ""', `console "${at}"`],
      ["/var/www/console", join(folder, "console")],
      ...arrays(own),
      ...(certificates
        ? [
            ["\ttls_insecure_skip_verify\n", ""],
            ["# tls_trusted_ca_certs /etc/caddy/arrays.pem", `tls_trusted_ca_certs ${certificates}`],
          ]
        : []),
      ...(hsts ? [["# header Strict", "header Strict"]] : []),
    ],
    command: ({ configuration }) => [join(PACKAGES, "usr/bin/caddy"), ["run", "--config", configuration, "--adapter", "caddyfile"]],
  },
};

/** A port that nobody listens on. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Settles when somebody listens on the port; fails when the program has ended. */
async function listening(port, ended) {
  while (!ended.told) {
    const open = await new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (open) return;
  }
  throw new Error(`the proxy ended: ${ended.told}`);
}

/**
 * Starts the proxy `name` in front of the arrays whose own ports `own` names, with the console at this path of the
 * host; with `certificates` it knows the arrays by those of that file, with `hsts` it tells browsers to come by https
 * only. Answers with its address, and with what ends it and leaves nothing behind.
 */
export async function startProxy(name, { at = "", own, certificates = null, hsts = false }) {
  const folder = mkdtempSync(join(tmpdir(), "console-proxy-"));
  // The servers of nginx do their work as another user than root.
  chmodSync(folder, 0o755);
  let program;
  const close = async () => {
    if (program && program.exitCode === null && program.signalCode === null) {
      const ended = new Promise((resolve) => program.once("exit", resolve));
      program.kill("SIGTERM");
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    cpSync(join(ROOT, "dist"), join(folder, "console"), { recursive: true });
    copyFileSync(join(ROOT, "deploy/config.json"), join(folder, "console/config.json"));
    mkdirSync(join(folder, "home"));
    // prettier-ignore
    execFileSync("openssl", [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
      "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", join(folder, "site.key"), "-out", join(folder, "site.crt"),
    ], { stdio: "ignore" });
    const proxy = PROXIES[name];
    const ports = { http: await freePort(), https: await freePort() };
    const configuration = join(folder, proxy.file);
    writeFileSync(configuration, filled(proxy.file, proxy.values({ folder, at, ports, own, certificates, hsts })));
    const [path, options] = proxy.command({ folder, configuration });
    const home = join(folder, "home");
    const env = { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home };
    program = spawn(path, options, { env, stdio: ["ignore", "pipe", "pipe"] });
    const ended = { told: "", heard: "" };
    for (const stream of [program.stdout, program.stderr]) stream.on("data", (data) => (ended.heard += data));
    program.on("error", (error) => (ended.told = String(error)));
    program.on("exit", () => (ended.told = ended.heard || "without a word"));
    for (const port of Object.values(ports)) await listening(port, ended);
    const origin = `https://127.0.0.1:${ports.https}`;
    /** All that it has told so far. */
    const heard = () => ended.heard;
    return { file: proxy.file, configuration, origin, url: origin + at, plain: `http://127.0.0.1:${ports.http}`, heard, close };
  } catch (error) {
    await close();
    throw error;
  }
}
