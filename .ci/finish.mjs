// Trunk's last step. A build for development is left as it is, and so is one for a profile, which wants the
// names of the functions. One hook does all, for Trunk starts all hooks of a stage at once, and the order
// matters here.

if (process.env.TRUNK_PROFILE === "release" && !process.env.KEEP_NAMES) {
  await import("./pack.mjs");
  if (process.env.ARRAY_CONSOLE_BUILD === "demo") await import("./demonstration.mjs");
  await import("./compress.mjs");
}
