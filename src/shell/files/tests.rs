//! Which files of a folder are articles, and how they are read.

use super::*;

fn choice() -> FileOptions {
    FileOptions {
        max_bytes: 1000,
        hidden: false,
        reader: Arc::default(),
    }
}

fn names(folder: &Path) -> Vec<String> {
    walk(folder, &choice())
        .map(|found| {
            found.map_or_else(
                |error| error,
                |path| path.strip_prefix(folder).unwrap().display().to_string(),
            )
        })
        .collect()
}

#[test]
fn articles_come_in_natural_order_without_hidden_and_ignored_ones() {
    let folder = tempfile::tempdir().unwrap();
    for name in [
        "10.txt",
        "9.md",
        "b/1.txt",
        ".hidden.txt",
        "no.txt",
        "picture.png",
    ] {
        fs::create_dir_all(folder.path().join(name).parent().unwrap()).unwrap();
        fs::write(folder.path().join(name), "x").unwrap();
    }
    fs::write(folder.path().join(".gitignore"), "no.txt").unwrap();
    assert_eq!(names(folder.path()), ["9.md", "10.txt", "b/1.txt"]);
}

#[test]
fn walking_on_all_cores_finds_the_same() {
    let folder = folder_of(&[
        ("a/1.txt", ""),
        ("a/.hidden/2.txt", ""),
        ("b/no.txt", ""),
        ("b/c/3.md", ""),
        ("4.txt", ""),
        (".gitignore", "no.txt"),
    ]);
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path(), folder.path().join("a/again")).unwrap();
    for root in [
        folder.path(),
        &folder.path().join("4.txt"),
        Path::new("/gone"),
    ] {
        let found = std::sync::Mutex::new(Vec::new());
        walk_all(root, &choice(), || |file| found.lock().unwrap().push(file));
        let mut found = found.into_inner().unwrap();
        let mut expected: Vec<_> = walk(root, &choice()).collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected);
    }
}

fn folder_of(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

#[test]
fn all_cores_find_what_one_does() {
    let files: Vec<String> = (0..60)
        .map(|number| format!("{}/b{}/{number}.txt", number % 3, number % 7))
        .chain((0..12).map(|number| format!("a{number}.md")))
        .chain(
            [
                "B.txt", "b.txt", "b/x.txt", "b-x.txt", "2.txt", "02.txt", "no.png",
            ]
            .map(str::to_owned),
        )
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|name| (name.as_str(), "")).collect();
    let folder = folder_of(&files);
    let found = std::sync::Mutex::new(Vec::new());
    walk_all(folder.path(), &choice(), || {
        |path: Result<PathBuf, String>| found.lock().unwrap().push(path.unwrap())
    });
    let mut found = found.into_inner().unwrap();
    found.sort_by(|a, b| walking_cmp(a, b));
    let one_by_one: Vec<PathBuf> = walk(folder.path(), &choice()).map(Result::unwrap).collect();
    assert_eq!(found, one_by_one);
}

#[test]
fn packed_articles_are_listed_and_archives_are_not() {
    let folder = folder_of(&[
        ("a.txt.gz", ""),
        ("b.md.zst", ""),
        ("c.tar.gz", ""),
        ("d.gz", ""),
    ]);
    assert_eq!(names(folder.path()), ["a.txt.gz", "b.md.zst"]);
}

#[test]
fn the_parts_of_a_saved_page_are_no_articles() {
    let folder = folder_of(&[
        ("Harbor.html", ""),
        ("Harbor_files/frame.txt", ""),
        ("my_files/a.txt", ""),
    ]);
    assert!(!names(folder.path()).contains(&"Harbor_files/frame.txt".to_owned()));
    assert!(names(folder.path()).contains(&"my_files/a.txt".to_owned()));
}

#[test]
fn pages_are_listed_under_the_names_that_wget_gives() {
    let feed = "<rss><channel></channel></rss>";
    let folder = folder_of(&[
        ("coast.example/feed", feed),
        ("coast.example/Makefile", "all:"),
        ("coast.example/a.xml?page=2", feed),
        ("coast.example/a.css?v=2", ""),
    ]);
    assert_eq!(
        names(folder.path()),
        ["coast.example/a.xml?page=2", "coast.example/feed"]
    );
}

#[test]
fn mails_are_listed_in_the_folders_of_a_mail_program() {
    let folder = folder_of(&[
        ("News/cur/1772609400.M1P2.host:2,S", ""),
        ("News/new/1772609401.M3P4.host", ""),
        ("News/tmp/1772609402.M5P6.host", ""),
        ("Inbox", "From a@b Wed Mar  4 08:30:00 2026\nSubject: x\n\n"),
    ]);
    assert_eq!(
        names(folder.path()),
        [
            "Inbox",
            "News/cur/1772609400.M1P2.host:2,S",
            "News/new/1772609401.M3P4.host"
        ]
    );
}

#[test]
fn what_was_touched_is_chosen_as_all_is() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for name in [
        "1.txt",
        "2.txt",
        "b/1.txt",
        "b/c/2.md",
        ".git/x.txt",
        "no.txt",
        "b/no.txt",
    ] {
        fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
        fs::write(root.join(name), "x").unwrap();
    }
    fs::write(root.join(".gitignore"), "no.txt").unwrap();
    let among = |paths: &[&str]| -> Vec<PathBuf> {
        let paths = paths.iter().map(|path| root.join(path)).collect();
        let found = walk_among(root, &choice(), &paths).map(Result::unwrap);
        found
            .map(|path| path.strip_prefix(root).unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        among(&["2.txt", "no.txt", ".git/x.txt"]),
        [Path::new("2.txt")]
    );
    assert_eq!(among(&["b"]), [Path::new("b/1.txt"), Path::new("b/c/2.md")]);
    assert_eq!(among(&["b/c/2.md", "b/no.txt"]), [Path::new("b/c/2.md")]);
    assert!(among(&["elsewhere"]).is_empty() && among(&[]).is_empty());
}

#[cfg(unix)]
#[test]
fn loops_of_links_are_survived() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "x").unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
    assert_eq!(names(folder.path()), ["a.txt"]);
}

#[test]
fn what_cannot_be_read_is_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let large = folder.path().join("large.txt");
    fs::write(&large, vec![b'x'; 1001]).unwrap();
    assert!(
        read(&large, &choice())
            .unwrap_err()
            .contains("larger than 0 MB")
    );
    assert!(
        read(folder.path(), &choice())
            .unwrap_err()
            .ends_with("not a regular file")
    );
    assert!(
        read(&folder.path().join("gone"), &choice())
            .unwrap_err()
            .contains("no such file or folder")
    );
    assert!(
        walk(&folder.path().join("gone"), &choice())
            .next()
            .unwrap()
            .unwrap_err()
            .ends_with(HINT)
    );
}
