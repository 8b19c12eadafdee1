// The site as administrators build it: nginx and Caddy with the files of `deploy/`, at the root of their host and
// in a folder, in front of arrays that answer at their own ports.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { join } from "node:path";
import { connect } from "node:tls";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { act, test as base, ends, expect, logIn, openWork, refresh, shows } from "../fleet.js";
import { parts, startProxy } from "../proxy.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const IDS = ["frankfurt", "dublin", "dfm"];
const ADMIN = `Basic ${Buffer.from("admin:Password123!").toString("base64")}`;
/** The headers that every answer of a site has, as the simulator's own site sends them. */
const SECURITY = ["content-security-policy", "x-content-type-options", "referrer-policy", "cross-origin-opener-policy"];
const FOR_EVER = "public, max-age=31536000, immutable";

const test = base.extend({
  /** Starts a proxy; all of them are ended with the story. */
  behind: async ({ fleet }, use) => {
    const started = [];
    await use(async (name, more) => {
      const proxy = await startProxy(name, { own: fleet.own, ...more });
      started.push(proxy);
      return proxy;
    });
    for (const proxy of started) await proxy.close();
  },
});

test.use({ ignoreHTTPSErrors: true, simulator: IDS.flatMap((id) => ["--own-port", `${id}=127.0.0.1:0`]).concat("--imports", "0", "--protection-jobs", "20") });

/** One request, nothing followed and nothing unpacked; headers by name, each with all its values. */
function ask(address, { method = "GET", headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const send = address.startsWith("https:") ? https.request : http.request;
    const request = send(address, { method, headers, rejectUnauthorized: false, agent: false }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const told = {};
        const raw = response.rawHeaders;
        for (let at = 0; at < raw.length; at += 2) (told[raw[at].toLowerCase()] ??= []).push(raw[at + 1]);
        resolve({ status: response.statusCode, headers: told, body: Buffer.concat(chunks) });
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}

/** The answer has every header of the site once, with the value that the simulator's site sends. */
async function guarded(fleet, answer) {
  fleet.site ??= await fetch(`${fleet.url}/`);
  for (const name of SECURITY) expect(answer.headers[name], name).toEqual([fleet.site.headers.get(name)]);
  expect(answer.headers["cache-control"], "cache-control").toHaveLength(1);
  expect(answer.headers["www-authenticate"]).toBeUndefined();
  expect(answer.headers["strict-transport-security"]).toBeUndefined();
  // Neither software nor release.
  expect(answer.headers.server ?? ["nginx"]).toEqual(["nginx"]);
}

/** Logs in to the array of this name, by its own form. */
async function logInTo(page, array) {
  const form = page.getByRole("form", { name: `Log in to ${array}` });
  await logIn(form);
  await expect(form).toHaveCount(0);
}

for (const name of ["nginx", "caddy"]) {
  for (const at of ["", "/console"]) {
    test(`${name} at ${at || "the root"}: login, list, detail, action, reload, expiry`, async ({ page, fleet, behind, context }) => {
      const site = await behind(name, { at });
      const id = await fleet.ready("moved_01");
      // Without the slash of the folder.
      await page.goto(site.url);
      await expect(page).toHaveURL(`${site.url}/`);
      for (const array of ["Frankfurt", "Dublin", "DFM"]) await logInTo(page, array);

      await page.goto(`${site.url}/#/arrays/dfm/protection-jobs`);
      await page.getByLabel("Protection jobs begun in the").selectOption({ label: "all that are kept" });
      await expect(page.locator("tr[data-session]").first()).toBeVisible();
      await page.goto(`${site.url}/#/arrays/frankfurt/imports`);
      await expect(page.locator("tr[data-session]")).toHaveCount(1);
      await page.getByRole("link", { name: "moved_01" }).click();
      await shows(page, "Ready For Cutover");

      await act(page, "Cut over");
      await ends(page, fleet, "Done.");
      await shows(page, "Import Completed");
      expect(await fleet.carriedOut("cutover")).toBe(1);

      const before = (await fleet.truth()).logins;
      await page.reload();
      await shows(page, "Import Completed");
      expect((await fleet.truth()).logins).toEqual(before);

      await fleet.fault("expire_logins");
      await refresh(page);
      await logInTo(page, "Frankfurt");
      await openWork(page, { url: site.url, array: "frankfurt" }, "imports", id);
      await shows(page, "Import Completed");

      const cookies = (await context.cookies()).map(({ name, path, httpOnly, secure, sameSite }) => ({ name, path, httpOnly, secure, sameSite }));
      const held = (array) => ({ name: "auth_cookie", path: `${at}/arrays/${array}/`, httpOnly: true, secure: true, sameSite: "Strict" });
      expect(cookies.sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([held("dublin"), held("frankfurt")]);
    });

    test(`${name} at ${at || "the root"}: what it sends and what it refuses`, async ({ fleet, behind }) => {
      const site = await behind(name, { at });
      const on = (path, more) => ask(`${site.url}${path}`, more);
      const dist = join(ROOT, "dist");
      const [program, styles, icon] = ["_bg.wasm", ".css", ".svg"].map((end) => readdirSync(dist).find((file) => file.endsWith(end)));
      const unpack = { none: (body) => body, gzip: gunzipSync, br: brotliDecompressSync };
      const files = [
        ["/", "index.html", "text/html; charset=utf-8", "no-cache"],
        ["/index.html", "index.html", "text/html; charset=utf-8", "no-cache"],
        ["/boot.js", "boot.js", "text/javascript; charset=utf-8", "no-cache"],
        [`/${program}`, program, "application/wasm", FOR_EVER],
        [`/${styles}`, styles, "text/css; charset=utf-8", FOR_EVER],
        [`/${icon}`, icon, "image/svg+xml", FOR_EVER],
      ];
      for (const [path, file, type, cache] of files) {
        for (const [accepted, coding] of [["identity", "none"], ["gzip, deflate", "gzip"], ["gzip, deflate, br, zstd", "br"]]) {
          const answer = await on(path, { headers: { "accept-encoding": accepted } });
          await guarded(fleet, answer);
          expect(answer.status).toBe(200);
          expect(answer.headers["content-type"]).toEqual([type]);
          expect(answer.headers["cache-control"]).toEqual([cache]);
          expect(answer.headers.vary).toEqual(["Accept-Encoding"]);
          expect(answer.headers["content-encoding"] ?? ["none"], `${path} for ${accepted}`).toEqual([coding]);
          expect(unpack[coding](answer.body)).toEqual(readFileSync(join(dist, file)));
          // What has not changed is not sent again.
          const again = await on(path, { headers: { "accept-encoding": accepted, "if-none-match": answer.headers.etag[0] } });
          await guarded(fleet, again);
          expect([again.status, again.body.length]).toEqual([304, 0]);
        }
      }
      const config = await on("/config.json");
      expect([config.headers["content-type"][0].split(";")[0], config.headers["cache-control"][0]]).toEqual(["application/json", "no-cache"]);

      const refused = async (status, path, more, allow) => {
        const answer = await on(path, { ...more, headers: { authorization: ADMIN, "accept-encoding": "br", ...more?.headers } });
        await guarded(fleet, answer);
        expect([path, answer.status]).toEqual([path, status]);
        expect(answer.headers["cache-control"]).toEqual(["no-store"]);
        expect(answer.headers.allow).toEqual(allow && [allow]);
        expect(answer.headers["set-cookie"]).toBeUndefined();
        expect(String(answer.body)).not.toContain("messages");
      };
      await refused(404, "/nothing");
      await refused(404, "/arrays/frankfurt/api/rest/job/1%0acancel");
      await refused(404, "/console-0123456789abcdef_bg.wasm");
      await refused(405, "/index.html", { method: "POST" }, "GET, HEAD");
      for (const path of [
        "/arrays/frankfurt/api/rest/local_user",
        "/arrays/frankfurt/api/rest/volume/1",
        "/arrays/frankfurt/api/rest/job/..",
        "/arrays/frankfurt/api/rest/job/%2e%2e%2flocal_user",
        "/arrays/frankfurt/api/rest/job/1%2fcancel",
        "/arrays/frankfurt/api/rest/local_user%3fjob",
        "/arrays/frankfurt/api/rest/local_user;/job",
        "/arrays/frankfurt/api/rest/JOB",
        "/arrays/frankfurt/",
        "/arrays/frankfurt/apis/XMLrequest",
        "/arrays/dfm/api/rest/job",
        "/arrays/oslo/api/rest/job",
      ]) {
        await refused(403, path);
      }
      await refused(405, "/arrays/frankfurt/api/rest/volume", { method: "POST" }, "GET");
      await refused(405, "/arrays/frankfurt/api/rest/volume", { method: "ET" }, "GET");
      await refused(405, "/arrays/frankfurt/api/rest/import_session", { method: "DELETE" }, "GET, POST");
      await refused(405, "/arrays/dfm/apis/XMLrequest", {}, "POST");
      if (at) {
        const elsewhere = await ask(`${site.origin}/`);
        await guarded(fleet, elsewhere);
        expect(elsewhere.status).toBe(404);
        expect((await ask(`${site.origin}/arrays/frankfurt/api/rest/job`)).status).toBe(404);
        const folder = await ask(site.url);
        await guarded(fleet, folder);
        expect([folder.status, folder.headers.location]).toEqual([308, [`${at}/`]]);
      }
      const plain = await ask(`${site.plain}${at}/index.html`);
      await guarded(fleet, plain);
      expect([plain.status, plain.headers.location]).toEqual([308, [`${site.url}/index.html`]]);

      // Eighty names are asked for at once.
      const ids = Array.from({ length: 80 }, (_, at) => `0b1e7c52-1f0a-4d5e-9c7b-2a3f4e5d${String(at).padStart(4, "0")}`);
      const array = await on(`/arrays/frankfurt/api/rest/volume?select=id,name&id=in.(${ids})`, { headers: { authorization: ADMIN } });
      await guarded(fleet, array);
      expect([array.status, String(array.body)]).toEqual([200, "[]"]);
      expect(array.headers["cache-control"]).toEqual(["no-store"]);
      const [cookie, ...scope] = array.headers["set-cookie"][0].split("; ");
      expect(array.headers["set-cookie"]).toHaveLength(1);
      expect(cookie).toMatch(/^auth_cookie=./);
      expect(scope.sort()).toEqual(["HttpOnly", `Path=${at}/arrays/frankfurt/`, "SameSite=Strict", "Secure"]);
      for (const path of ["/arrays/dublin/api/rest/volume", "/arrays/dfm/apis/XMLrequest"]) {
        const stranger = await on(path, path.includes("dfm") ? { method: "POST" } : {});
        await guarded(fleet, stranger);
        expect([path, stranger.status]).toEqual([path, 401]);
      }
    });
  }

  test(`${name}: an array is asked as by a client of its own, once, and its answer is confined`, async ({ fleet, behind }) => {
    const seen = [];
    const array = http.createServer((request, response) => {
      const chunks = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", () => {
        const { method, url, headers } = request;
        seen.push({ method, url, headers, body: String(Buffer.concat(chunks)) });
        if (headers["content-type"] === "break/off") return request.socket.destroy();
        response.writeHead(401, [
          ["WWW-Authenticate", 'Basic realm="array"'],
          ["Set-Cookie", "one=1; Path=/; Domain=array.example.com"],
          ["Set-Cookie", "two=2; Path=/apis/"],
          ["Content-Security-Policy", "default-src *"],
          ["Referrer-Policy", "unsafe-url"],
          ["Strict-Transport-Security", "max-age=1"],
          ["Cache-Control", "public, max-age=60"],
          ["Expires", "Thu, 01 Jan 2099 00:00:00 GMT"],
          ["Server", "Array/1.2.3"],
          ["Content-Type", "text/xml; charset=utf-8"],
        ].flat());
        return response.end("<a/>");
      });
    });
    await new Promise((resolve) => array.listen(0, "127.0.0.1", resolve));
    try {
      const site = await behind(name, { at: "/console", own: { ...fleet.own, dfm: `127.0.0.1:${array.address().port}` } });
      const address = `${site.url}/arrays/dfm/apis/XMLrequest`;
      const token = "f3b1c0de-token";
      const headers = { authorization: ADMIN, origin: site.origin, referer: site.url, "content-type": "text/xml; charset=utf-8", "dell-emc-token": token };
      const answer = await ask(address, { method: "POST", headers, body: "<netapp/>" });
      await guarded(fleet, answer);
      expect([answer.status, String(answer.body), answer.headers["content-type"]]).toEqual([401, "<a/>", ["text/xml; charset=utf-8"]]);
      expect(answer.headers["cache-control"]).toEqual(["no-store"]);
      expect(answer.headers.expires).toBeUndefined();
      const confined = ["HttpOnly", "Path=/console/arrays/dfm/", "SameSite=Strict", "Secure"];
      // A domain without a name is none: the cookie is for this host alone (RFC 6265, section 5.2.3).
      const cookies = answer.headers["set-cookie"].map((cookie) => cookie.split("; ").filter((part) => part.toLowerCase() !== "domain=").sort());
      expect(cookies).toEqual(["one=1", "two=2"].map((cookie) => [...confined, cookie].sort()));
      expect(seen).toHaveLength(1);
      const [{ method, url, body, headers: sent }] = seen;
      expect([method, url, body]).toEqual(["POST", "/apis/XMLrequest", "<netapp/>"]);
      expect(sent).toMatchObject({ host: "localhost", authorization: ADMIN, "content-type": "text/xml; charset=utf-8" });
      const others = Object.keys(sent).filter((header) => /^(origin|referer|x-forwarded.*|via|forwarded|upgrade)$/.test(header));
      expect(others).toEqual([]);

      // No other protocol begins, behind which nothing would be looked up any more.
      await ask(address, { method: "POST", headers: { ...headers, connection: "Upgrade", upgrade: "websocket" }, body: "<netapp/>" });
      const { upgrade, connection = "" } = seen.pop().headers;
      expect([upgrade, connection.toLowerCase()]).toEqual([undefined, expect.not.stringContaining("upgrade")]);

      // Nobody knows whether it was carried out: a person decides, not a proxy.
      const broken = await ask(address, { method: "POST", headers: { ...headers, "content-type": "break/off" }, body: "<netapp/>" });
      await guarded(fleet, broken);
      expect([broken.status, broken.headers["cache-control"]]).toEqual([502, ["no-store"]]);
      expect(seen).toHaveLength(2);
      await expect.poll(site.heard).toContain("XMLrequest");
      for (const secret of [token, ADMIN.split(" ")[1]]) expect(site.heard()).not.toContain(secret);

      // What was looked up is what is asked for.
      await ask(`${site.url}/arrays/dfm/api/%2e%2e%2fapis/./XMLrequest?a=%2e`, { method: "POST", headers, body: "<netapp/>" });
      expect(seen).toHaveLength(3);
      expect(seen[2].url).toBe("/apis/XMLrequest?a=%2e");

      const long = await ask(address, { method: "POST", headers, body: "x".repeat(1_100_000) });
      await guarded(fleet, long);
      expect(long.status).toBe(413);
      expect(seen).toHaveLength(3);
    } finally {
      array.close();
      array.closeAllConnections();
    }
  });

  test(`${name}: an array with another certificate than the known one is not spoken with`, async ({ fleet, behind }) => {
    const [host, port] = fleet.own.frankfurt.split(":");
    const certificate = await new Promise((resolve, reject) => {
      const socket = connect({ host, port, rejectUnauthorized: false }, () => {
        resolve(socket.getPeerCertificate().raw.toString("base64"));
        socket.destroy();
      });
      socket.on("error", reject);
    });
    const known = test.info().outputPath("arrays.pem");
    writeFileSync(known, `-----BEGIN CERTIFICATE-----\n${certificate.match(/.{1,64}/g).join("\n")}\n-----END CERTIFICATE-----\n`);
    const site = await behind(name, { certificates: known });
    const status = async (id) => {
      const answer = await ask(`${site.url}/arrays/${id}/api/rest/login_session`, { headers: { authorization: ADMIN } });
      await guarded(fleet, answer);
      return answer.status;
    };
    expect([await status("frankfurt"), await status("dublin")]).toEqual([200, 502]);
  });

  test(`${name}: browsers are told to come by https only where the site wants it`, async ({ fleet, behind }) => {
    const site = await behind(name, { hsts: true });
    for (const path of ["/", "/nothing", "/arrays/frankfurt/api/rest/local_user", "/arrays/frankfurt/api/rest/job"]) {
      expect((await ask(site.url + path)).headers["strict-transport-security"], path).toEqual(["max-age=31536000"]);
    }
    expect((await ask(`${site.plain}/`)).headers["strict-transport-security"]).toBeUndefined();
  });

  test(`${name}: only the site values are replaced`, async ({ behind }) => {
    const site = await behind(name, { at: "/console" });
    const [delivered, tried] = [join(ROOT, "deploy", site.file), site.configuration].map((path) => parts(readFileSync(path, "utf8")));
    expect([tried.before, tried.after]).toEqual([delivered.before, delivered.after]);
    expect(tried.block).not.toEqual(delivered.block);
    // And there is no value of a site outside of the block.
    expect(delivered.before + delivered.after).not.toMatch(/example\.com|192\.0\.2\.|frankfurt|dublin|\/var\/www/);
  });
}
