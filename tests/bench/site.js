// The site that is measured: a simulated fleet over HTTP that serves the console on / and the floor on /floor/.

import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SERVER = process.env.ARRAY_SIMULATOR ?? join(ROOT, "target/release/array-simulator");
export const ADMIN = `Basic ${Buffer.from("admin:Password123!").toString("base64")}`;
export const ARRAY = { id: "frankfurt", name: "Frankfurt", kind: "powerstore", url: "arrays/frankfurt/" };
// A connection that is kept may be closed by the server just when this program, long at work, uses it again.
export const ALONE = { connection: "close" };
const CONFIG = { title: "Array Console", refresh_seconds: 5, arrays: [ARRAY] };

/** The folder that is served: the console as built, and the floor with the console's styles. */
function folder(dist) {
  const work = mkdtempSync(join(tmpdir(), "bench-"));
  const [site, floor] = [join(work, "site"), join(work, "site/floor")];
  cpSync(dist, site, { recursive: true });
  cpSync(join(ROOT, "tests/bench/floor"), floor, { recursive: true });
  const styles = readdirSync(site).filter((name) => /^console-\w+\.css$/.test(name));
  if (styles.length !== 1) throw new Error(`${dist} should hold one style sheet, and holds ${styles.length}: make dist`);
  cpSync(join(site, styles[0]), join(floor, "console.css"));
  writeFileSync(join(work, "config.json"), JSON.stringify(CONFIG));
  return { work, site };
}

export class Site {
  /** Starts the simulator with so many imports on the array; its clock stands still. */
  static async open(dist, imports) {
    const { work, site } = folder(dist);
    // Every second import is another array's.
    const none = ["--replications", "--file-imports", "--migrations", "--jobs", "--protection-jobs"].flatMap((name) => [name, "0"]);
    const options = ["--listen", "127.0.0.1:0", "--console", site, "--config", join(work, "config.json"), "--control"];
    const server = spawn(SERVER, [...options, "--speed", "0", "--imports", String(2 * imports), ...none]);
    const url = await new Promise((resolve, reject) => {
      let told = "";
      const hear = (data) => {
        told += data;
        const url = /^listening on (http:\S+)$/m.exec(told)?.[1];
        if (url) resolve(url);
      };
      server.stdout.on("data", hear);
      server.stderr.on("data", hear);
      server.on("error", reject);
      server.on("exit", (code) => reject(new Error(`the simulator ended with ${code}: ${told}`)));
    });
    return Object.assign(new Site(), { work, server, url, imports });
  }

  close() {
    this.server.removeAllListeners("exit");
    this.server.kill();
    rmSync(this.work, { recursive: true });
  }

  async #send(method, path, body, more = {}) {
    const headers = { ...ALONE, ...more };
    const answer = await fetch(this.url + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
    return text ? JSON.parse(text) : null;
  }

  control(name, body) {
    return this.#send("POST", `/simulator/${name}`, body);
  }

  /** A change of the array by somebody else. */
  patch(path, body) {
    const headers = { authorization: ADMIN, "content-type": "application/json" };
    return this.#send("PATCH", `/${ARRAY.url}api/rest/${path}`, body, headers);
  }

  /** The array's clock runs, or stands still. */
  async run(runs) {
    await this.catchUp();
    await this.control("speed", { speed: runs ? 1 : 0 });
  }

  /** The array's clock catches up with the browser's, which finds otherwise that it was put back. */
  async catchUp() {
    const { time } = await this.control("advance", { seconds: 0 });
    const behind = Math.round((Date.now() - Date.parse(time)) / 1000);
    if (behind > 0) await this.control("advance", { seconds: behind });
  }
}
