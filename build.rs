//! Asks the linker to pack the relocations of the program where the C library understands that.
//!
//! There are forty thousand of them. Unpacked they take 900 KB, all of which is read at each start and stays
//! in memory; packed they take 14 KB.

use std::env;
use std::process::Command;

/// The first glibc that unpacks them.
const LEAST: (u32, u32) = (2, 36);

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if is_for_this_machine() && glibc().is_some_and(|version| version >= LEAST) {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// Whether the program is built for the machine that builds it, and so for the C library that is here.
fn is_for_this_machine() -> bool {
    let (host, target) = (env::var("HOST"), env::var("TARGET"));
    host.is_ok() && host == target
}

/// The version of glibc; nothing where the C library is another.
fn glibc() -> Option<(u32, u32)> {
    let told = Command::new("getconf").arg("GNU_LIBC_VERSION").output();
    let told = String::from_utf8(told.ok()?.stdout).ok()?;
    let (major, minor) = told.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
