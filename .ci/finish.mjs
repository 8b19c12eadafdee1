// Trunk's last step. A build for development is left as it is. One hook does both, for Trunk starts all hooks
// of a stage at once, and the order matters here.

if (process.env.TRUNK_PROFILE === "release") {
  await import("./pack.mjs");
  await import("./compress.mjs");
}
