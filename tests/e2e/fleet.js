// A simulated fleet of its own for every story, over real HTTP, standing still until the story moves it.

import { expect, test as base } from "@playwright/test";
import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SERVER = process.env.ARRAY_SIMULATOR ?? join(ROOT, "target/release/array-simulator");
const ADMIN = `Basic ${Buffer.from("admin:Password123!").toString("base64")}`;

class Fleet {
  constructor(url, array, own = {}) {
    this.url = url;
    this.array = array;
    /** By id, where an array answers alone, as host and port. */
    this.own = own;
  }

  /** The control door. */
  async control(name, body = {}) {
    const read = name === "state";
    const answer = await fetch(`${this.url}/simulator/${name}`, read ? {} : { method: "POST", body: JSON.stringify(body) });
    const told = await answer.json();
    if (!answer.ok) throw new Error(`${name}: ${told.error}`);
    return told;
  }

  /** The same fleet with another array in hand. */
  on(array) {
    return new Fleet(this.url, array, this.own);
  }

  advance(seconds) {
    return this.control("advance", { seconds });
  }

  fault(fault, more = {}) {
    return this.control("fault", { array: this.array, fault, ...more });
  }

  clear() {
    return this.control("fault", { array: this.array, clear: true });
  }

  event(session, event) {
    return this.control("event", { array: this.array, session, event });
  }

  /** What the simulator itself says of the array. */
  async truth() {
    return (await this.control("state")).arrays[this.array];
  }

  async state(session) {
    const { sessions, file_imports, migrations } = await this.truth();
    return { ...sessions, ...file_imports, ...migrations }[session].state;
  }

  /** The link between the two arrays. */
  link(isUp) {
    return this.control("fault", { array: this.array, fault: "link_down", clear: isUp || undefined });
  }

  /** The id of the first replication that this array is the source of, or preferred. */
  async replication(filter) {
    const roles = "role=in.(Source,Metro_Preferred)";
    return (await this.api("GET", `replication_session?select=id&order=id&${roles}&${filter}`)).body[0].id;
  }

  /** What the simulator itself says of a replication. */
  async replicated(session) {
    return (await this.control("state")).replications.sessions[session];
  }

  /** Lets time pass until the ends of a replication, this array's first, are in these states. */
  async untilEnds(session, ...states) {
    const here = this.array;
    const there = here === "dublin" ? "frankfurt" : "dublin";
    for (let tries = 0; tries < 2000; tries += 1) {
      const { ends } = await this.replicated(session);
      if (ends[here].state === states[0] && ends[there].state === states[1]) return;
      await this.advance(3);
    }
    throw new Error(`${session} never came to ${states}: ${JSON.stringify((await this.replicated(session)).ends)}`);
  }

  /** How often the array carried an action out. */
  async carriedOut(action) {
    return (await this.truth()).actions[action] ?? 0;
  }

  /** A client that knows nothing of the console. */
  async api(method, path, body) {
    const answer = await fetch(`${this.url}/arrays/${this.array}/api/rest/${path}`, {
      method,
      headers: { authorization: ADMIN, "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : null };
  }

  /** Begins an import of a source that is free; answers with its id. */
  async create(name, more = {}) {
    const sources = (await this.api("GET", "import_unity_volume?select=id&limit=2000")).body;
    const remotes = (await this.api("GET", "remote_system?select=id&type=eq.Unity")).body;
    for (const source of sources) {
      for (const remote of remotes) {
        const wish = { name, remote_system_id: remote.id, source_resource_id: source.id, type: "Agentless", ...more };
        const answer = await this.api("POST", "import_session", wish);
        if (answer.status === 201) return answer.body.id;
      }
    }
    throw new Error("no source is free");
  }

  /** Begins the import of a group with so many members; answers with the ids of its session and of theirs. */
  async createGroup(name, count, more = {}) {
    const groups = (await this.api("GET", "import_unity_consistency_group?select=id,import_unity_id&importable_criteria=eq.Ready")).body;
    for (const group of groups) {
      const volumes = (await this.api("GET", `import_unity_volume?select=id&import_unity_consistency_group_id=eq.${group.id}`)).body;
      if (volumes.length !== count) continue;
      const wish = { name, remote_system_id: group.import_unity_id, source_resource_id: group.id, type: "Non_Disruptive", ...more };
      const { status, body } = await this.api("POST", "import_session", wish);
      if (status !== 201) throw new Error(JSON.stringify(body));
      const members = (await this.api("GET", `import_session?select=id&parent_session_id=eq.${body.id}&order=name`)).body;
      return { group: body.id, members: members.map((member) => member.id) };
    }
    throw new Error(`no group of ${count} is free`);
  }

  /** Begins the import of a NAS server that is free; answers with its id. */
  async createFileImport(name) {
    const source = (await this.truth()).nas_sources.find((source) => !source.session);
    const wish = { name, remote_system_id: source.remote_system_id, source_resource_id: source.id, import_file_interface_id: "if1" };
    const { status, body } = await this.api("POST", "file_import_session", wish);
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body.id;
  }

  /** Begins a migration that stops for hosts which only a person can rescan; answers with its id. */
  async createMigration() {
    for (const volume of (await this.api("GET", "volume?select=id&type=eq.Primary&order=name")).body) {
      const wish = { resource_type: "volume", family_id: volume.id, destination_appliance_id: "A2" };
      const { status, body } = await this.api("POST", "migration_session", wish);
      if (status !== 201) continue;
      for (let tries = 0; tries < 30; tries += 1) {
        await this.advance(2);
        if ((await this.state(body.id)) !== "Manual_Rescan_Required") continue;
        return body.id;
      }
    }
    throw new Error("no volume has such hosts");
  }

  /** Lets time pass until the session is in this state. */
  async until(session, state, step = 20) {
    for (let tries = 0; tries < 2000; tries += 1) {
      if ((await this.state(session)) === state) return;
      await this.advance(step);
    }
    throw new Error(`${session} never came to ${state}, it is ${await this.state(session)}`);
  }

  /** An import that copies. */
  async copying(name, more = {}) {
    const id = await this.create(name, more);
    await this.until(id, more.type === "Non_Disruptive" ? "Copy_In_Progress" : "Mirror_Enabled", 5);
    if (more.type !== "Non_Disruptive") {
      for (const action of ["enable_destination_volume", "start_copy"]) {
        await this.api("POST", `import_session/${id}/${action}`);
      }
    }
    return id;
  }

  /** An import that waits for its cutover. */
  async ready(name) {
    const id = await this.copying(name);
    await this.event(id, "all_data_copied");
    return id;
  }
}

/** Starts the server and waits for the address that it prints. */
function start(built, options) {
  const server = spawn(SERVER, ["--listen", "127.0.0.1:0", "--console", join(ROOT, built), "--control", "--speed", "0", ...options]);
  return new Promise((resolve, reject) => {
    let told = "";
    server.stdout.on("data", (data) => {
      told += data;
      const url = /^listening on (http:\S+)$/m.exec(told)?.[1];
      const own = [...told.matchAll(/^(\w+) listening on https?:\/\/(\S+)$/gm)].map(([, id, at]) => [id, at]);
      if (url) resolve({ server, url, own: Object.fromEntries(own) });
    });
    server.stderr.on("data", (data) => (told += data));
    server.on("error", reject);
    server.on("exit", (code) => reject(new Error(`the simulator ended with ${code}: ${told}`)));
  });
}

export const test = base.extend({
  /** The folder of the build that the server serves. */
  built: ["dist", { option: true }],
  /** Flags of the simulator besides those that every story has. */
  simulator: [[], { option: true }],
  /** What a site's config.json says besides the default. */
  site: [null, { option: true }],
  fleet: async ({ built, simulator, site }, use) => {
    const options = [...simulator];
    if (site) {
      const file = join(mkdtempSync(join(tmpdir(), "console-")), "config.json");
      writeFileSync(file, typeof site === "string" ? site : JSON.stringify(site));
      options.push("--config", file);
    }
    const { server, url, own } = await start(built, options);
    const fleet = new Fleet(url, "frankfurt", own);
    // Quiet and empty, unless the story wants the fleet as it comes: a new import then has its turn at once.
    if (!options.includes("--imports")) await fleet.control("reset", { imports: 0, failures: 0 });
    await use(fleet);
    server.removeAllListeners("exit");
    server.kill();
  },
  /** The page, watched: no violation of the policy and no error of the program, whatever the story does. */
  page: async ({ page }, use) => {
    const troubles = [];
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("console", (message) => {
      // The browser reports every refused request as an error; the stories refuse on purpose.
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) troubles.push(message.text());
    });
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => console.error(`violates ${event.violatedDirective}`));
    });
    await page.clock.install();
    await use(page);
    expect(troubles).toEqual([]);
  },
});

/** The site of most stories: one array, so that one login opens everything. */
export const ONE_ARRAY = {
  title: "Array Console",
  refresh_seconds: 5,
  arrays: [{ id: "frankfurt", name: "Frankfurt", kind: "powerstore", url: "arrays/frankfurt/" }],
};

/** A PowerStore and a DFM. */
export const BOTH_FAMILIES = {
  ...ONE_ARRAY,
  arrays: [...ONE_ARRAY.arrays, { id: "dfm", name: "DFM", kind: "dfm", url: "arrays/dfm/" }],
};

/** Types name and password into the form of the array. */
export async function logIn(page, user = "admin", password = "Password123!") {
  await page.getByLabel("User").fill(user);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
}

/** Opens the page, logs in, and goes to the page of an import. */
export function openImport(page, fleet, session, user) {
  return openAlone(page, fleet, "imports", session, user);
}

/** Opens the page, logs in on the only array, and goes to the page of a session of this collection. */
export async function openAlone(page, fleet, collection, id, user = "admin") {
  await page.goto(`${fleet.url}/#/`);
  await logIn(page, user);
  await expect(page.getByText(`Logged in as ${user}`)).toBeVisible();
  await openWork(page, fleet, collection, id);
}

/** Opens the page and logs in on both arrays. */
export async function logInOnBoth(page, fleet) {
  await page.goto(`${fleet.url}/#/`);
  for (const array of ["Frankfurt", "Dublin"]) {
    const form = page.getByRole("form", { name: `Log in to ${array}` });
    await logIn(form);
    await expect(form).toHaveCount(0);
  }
}

/** Goes to the page of a session, or of a job: `replications`, `file-imports`, `migrations`, `jobs`. */
export async function openWork(page, fleet, collection, id) {
  await page.goto(`${fleet.url}/#/arrays/${fleet.array}/${collection}/${id}`);
  await expect(page.getByRole("group", { name: "State diagram" })).toBeVisible();
}

/** What the page of a replication says of its end on the array of this name. */
export function end(page, array) {
  return page.getByRole("region", { name: "Both ends" }).getByRole("listitem", { name: array });
}

/** The button of an action. */
export function button(page, name) {
  const words = name.replace(/[()]/g, "\\$&");
  return page.getByRole("region", { name: "Actions" }).getByRole("button", { name: new RegExp(`^${words}( \\?)?$`) });
}

/** The action cannot be asked for, and this is why. */
export async function refuses(page, name, why) {
  await expect(button(page, name)).toHaveAttribute("aria-disabled", "true");
  await expect(button(page, name)).toHaveAccessibleDescription(why);
}

/** The label of the state that the page of a session shows. */
export async function shows(page, label) {
  await expect(page.locator(".import-head #state [data-state]")).toHaveText(label);
}

/** Presses the button of an action and answers its dialog as a careful person would. */
export async function act(page, name, answers) {
  await ask(page, name);
  await answer(page, name, answers);
}

/** Presses the button of an action; answers with its dialog. */
export async function ask(page, name) {
  await button(page, name).click();
  const dialog = page.getByRole("dialog", { name: `${name}: ` });
  await expect(dialog.getByText("read just now")).toBeVisible();
  return dialog;
}

/** Confirms what the open dialog asks for and sets the flags of these labels, types the name if it wants it, and sends. */
export async function answer(page, name, { force = false, flags = [] } = {}) {
  const dialog = page.getByRole("dialog", { name: `${name}: ` });
  const wanted = force ? [...flags, "Force"] : flags;
  for (const label of await dialog.locator("label.tick").all()) {
    const words = await label.textContent();
    // What explains itself is a flag; what does not is to be confirmed.
    if (!(await label.locator("small").count()) || wanted.some((flag) => words.startsWith(flag))) await label.getByRole("checkbox").check();
  }
  const typed = dialog.getByLabel("Type the name to confirm");
  if (await typed.count()) await typed.fill(await dialog.locator(".typed-name code").textContent());
  await dialog.getByRole("button", { name: `${name} now` }).click();
}

/** Keeps a picture for people to look at, when PICTURES names a folder. */
export async function picture(page, name) {
  if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, `${name}.png`), fullPage: true });
}

/** Asks for what has happened meanwhile. */
export async function refresh(page) {
  await page.getByRole("button", { name: "Refresh now" }).click();
}

/** Lets both clocks run until the note about the action says this. */
export async function ends(page, fleet, words) {
  const note = page.locator(".act-sentence");
  await expect(async () => {
    await fleet.advance(20);
    // An act is followed by the console's own clock.
    await page.clock.runFor(4_000);
    await expect(note).toContainText(words, { timeout: 300 });
  }).toPass({ timeout: 30_000 });
}

export { expect };
