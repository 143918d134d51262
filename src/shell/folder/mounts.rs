//! Whether a folder is on a file system that does not report changes made elsewhere.
//!
//! Linux lists all mounts in `/proc/mounts`. On other systems every folder counts as local.

use std::path::{Path, PathBuf};

/// File systems whose files other machines may change.
const REMOTE: &[&str] = &[
    "9p",
    "afs",
    "ceph",
    "cifs",
    "davfs",
    "drvfs",
    "gfs",
    "gfs2",
    "glusterfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "ocfs2",
    "prl_fs",
    "smb3",
    "smbfs",
    "vboxsf",
    "virtiofs",
    "vmhgfs",
];

/// Whether a folder is on such a file system.
pub(crate) fn is_remote(folder: &Path) -> bool {
    let Ok(mounts) = std::fs::read_to_string("/proc/mounts") else {
        return false;
    };
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    kind_of(&folder, &mounts).is_some_and(is_remote_kind)
}

fn is_remote_kind(kind: &str) -> bool {
    // FUSE programs such as sshfs, rclone and the virtual folders of desktops.
    REMOTE.contains(&kind) || kind.starts_with("fuse.")
}

/// The type of the file system that a path is on, according to the lines of `/proc/mounts`. A later line hides an
/// earlier one.
fn kind_of<'m>(path: &Path, mounts: &'m str) -> Option<&'m str> {
    let lines = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ');
        let place = unescaped(fields.nth(1)?);
        Some((place, fields.next()?))
    });
    let covering = lines.filter(|(place, _)| path.starts_with(place));
    let nearest = covering.max_by_key(|(place, _)| place.components().count());
    nearest.map(|(_, kind)| kind)
}

/// A path in which white space and backslashes are written as `\040`.
fn unescaped(field: &str) -> PathBuf {
    let mut parts = field.split('\\');
    let mut path = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part
            .get(..3)
            .and_then(|code| u8::from_str_radix(code, 8).ok());
        if let (Some(code), Some(rest)) = (code, part.get(3..)) {
            path.push(char::from(code));
            path.push_str(rest);
        } else {
            path.push('\\');
            path.push_str(part);
        }
    }
    path.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
server:/export /srv/ana/archive nfs4 rw,vers=4.2 0 0
me@host: /srv/ana/my\\040news fuse.sshfs rw 0 0
/dev/sdb1 /media/stick fuseblk rw 0 0
/dev/sdc1 /srv/ana/archive/local xfs rw 0 0
";

    fn is_remote(path: &str) -> bool {
        kind_of(Path::new(path), MOUNTS).is_some_and(is_remote_kind)
    }

    #[test]
    fn network_file_systems_are_recognized_by_their_mounts() {
        assert!(is_remote("/srv/ana/archive"));
        assert!(is_remote("/srv/ana/archive/2026/03"));
        assert!(is_remote("/srv/ana/my news/feed"));
        for local in [
            "/",
            "/srv/ana",
            "/srv/ana/archives",
            "/media/stick/news",
            "/srv/ana/archive/local/news",
        ] {
            assert!(!is_remote(local), "{local}");
        }
    }

    #[test]
    fn odd_lines_are_survived() {
        for mounts in ["", "\n \n", "one", "a \\ b", "a /x\\09 c\n"] {
            let _ = kind_of(Path::new("/x"), mounts);
        }
    }
}
