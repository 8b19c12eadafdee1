//! Names such as administrators give.

use super::seed::Seed;

const APPLICATIONS: [&str; 18] = [
    "erp", "crm", "mail", "sap", "oracle", "hr", "web", "backup", "vdi", "sql", "pay", "dwh", "git", "wiki", "mes",
    "plm", "bi", "docs",
];
const PARTS: [&str; 10] = ["data", "log", "temp", "archive", "index", "redo", "home", "share", "boot", "stage"];

/// What a volume holds, such as `erp_data_017`; the number makes it unique.
pub fn content(seed: &mut Seed, number: u64) -> String {
    let application = seed.pick(&APPLICATIONS).copied().unwrap_or("app");
    let part = seed.pick(&PARTS).copied().unwrap_or("data");
    format!("{application}_{part}_{number:03}")
}

/// A size between 50 GB and 8 TB, in bytes, a multiple of 8192: most are small, few are large.
pub fn size(seed: &mut Seed) -> u64 {
    const GIGABYTE: u64 = 1_000_000_000;
    let class = [(50, 200), (50, 200), (200, 800), (200, 800), (800, 2500), (2500, 8000)];
    let (low, high) = seed.pick(&class).copied().unwrap_or((50, 200));
    seed.within(low, high) * GIGABYTE / 8192 * 8192
}

/// A world-wide name as Unity shows it.
pub fn wwn(seed: &mut Seed) -> String {
    let pair = |number: u64| format!("{:02X}:{:02X}", (number >> 8) & 0xFF, number & 0xFF);
    let tail: Vec<String> = (0..4).map(|_| pair(seed.draw())).collect();
    format!("60:06:01:60:A7:B0:4F:00:{}", tail.join(":"))
}
