//! Folders written by other programs: each opens well without configuration.

use serde_json::Value;

use crate::harness::session::Home;

const TEXT: [&str; 3] = [
    "The ministers left Port Selene after six hours of quiet talks on Wednesday, and nobody signed anything at all.",
    "“It is over for this year,” said Tom Bell, the harbor master, who had waited outside the customs house.",
    "The ferries will sail again on Thursday, when the tide is high enough for the larger ones to leave.",
];

fn marked_up() -> String {
    TEXT.map(|text| format!("<p>{text}</p>")).concat()
}

fn page(title: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>{title} - The Coast</title><meta property=\"og:title\" content=\"{title}\"></head>\
         <body><nav><a href=\"/\">Home</a></nav><article><h1>{title}</h1>{}</article><footer>About us</footer></body></html>",
        marked_up()
    )
}

fn mail(subject: &str) -> String {
    let text = TEXT.join("\n\n");
    format!(
        "From - Wed Mar 04 08:31:00 2026\nX-Mozilla-Status: 0001\nFrom: The Coast <news@coast.example>\nSubject: {subject}\n\
         Date: Wed, 04 Mar 2026 08:30:00 +0100\nContent-Type: text/plain; charset=utf-8\n\n{text}\n\n"
    )
}

/// The articles of the folder: path, title, day, and speakers.
fn articles(home: &Home) -> Vec<String> {
    let output = home.run(&["extract", "--format", "jsonl", "articles"]);
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && complaints.is_empty(),
        "{complaints}"
    );
    let lines = String::from_utf8(output.stdout).unwrap();
    let line = |line: &str| {
        let record: Value = serde_json::from_str(line).unwrap();
        assert_eq!(record["warnings"], Value::Array(Vec::new()), "{record}");
        let field = |name: &str| record[name].as_str().unwrap_or("-").to_owned();
        let quotes = record["quotes"].as_array().unwrap();
        let speakers: Vec<_> = quotes
            .iter()
            .map(|quote| quote["speaker"].as_str().unwrap_or("?"))
            .collect();
        let path = field("path").replace("articles/", "");
        let day = field("published").chars().take(10).collect::<String>();
        format!(
            "{path} | {} | {day} | {}",
            field("title"),
            speakers.join(", ")
        )
    };
    lines.lines().map(line).collect()
}

#[test]
fn articles_saved_by_newsboat() {
    let home = Home::empty();
    home.write(
        "Harbor talks end.txt",
        format!(
            "Feed: The Coast\nTitle: Harbor talks end\nAuthor: Ana Ruiz\nDate: Wed, 04 Mar 2026 08:30:00 +0100\n\
             Link: https://coast.example/a\n\n{}\n\nLinks:\n[1]: https://coast.example/talks (link)\n",
            TEXT.join("\n\n")
        ),
    );
    home.write("config", "auto-reload yes\n");
    home.write("urls", "https://coast.example/feed \"world\"\n");
    let expected = ["Harbor talks end.txt | Harbor talks end | 2026-03-04 | Tom Bell"];
    assert_eq!(articles(&home), expected);
}

#[test]
fn the_cache_of_newsboat() {
    let home = Home::empty();
    let path = home.write("cache.db", "");
    std::fs::remove_file(&path).unwrap();
    let database = rusqlite::Connection::open(&path).unwrap();
    let tables = "CREATE TABLE rss_feed(rssurl, url, title);
        CREATE TABLE rss_item(id INTEGER PRIMARY KEY, guid, title, author, url, feedurl, pubDate INTEGER, content, deleted INTEGER);";
    database.execute_batch(tables).unwrap();
    let item = "INSERT INTO rss_item VALUES(1, 'a', 'Harbor talks end', 'Ana Ruiz', 'https://coast.example/a', 'f', 1772609400, ?, 0)";
    database.execute(item, [marked_up()]).unwrap();
    drop(database);
    let expected = ["cache.db | Harbor talks end | 2026-03-04 | Tom Bell"];
    assert_eq!(articles(&home), expected);
}

#[test]
fn a_mirror_by_wget() {
    let home = Home::empty();
    let feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Coast</title><item><title>From the feed</title>\
                <description>Ana Ruiz was not in Port Selene.</description></item></channel></rss>";
    for (name, content) in [
        ("index.html", page("The Coast")),
        ("2026/03/harbor-talks/index.html", page("Harbor talks end")),
        ("news.html?id=12", page("Ferries sail again")),
        ("world/strike", page("A strike in the port")),
        ("feed/index.html", feed.to_owned()),
        ("robots.txt", "User-agent: *\nDisallow: /admin\n".to_owned()),
        ("sitemap.xml", "<urlset></urlset>".to_owned()),
        ("manifest.json", "{\"name\":\"The Coast\"}".to_owned()),
        ("style.css?v=2", "body{}".to_owned()),
        ("app.js", "var a;".to_owned()),
        ("logo.png", "x".to_owned()),
    ] {
        home.write(&format!("coast.example/{name}"), content);
    }
    assert_eq!(
        articles(&home),
        [
            "coast.example/2026/03/harbor-talks/index.html | Harbor talks end | - | Tom Bell",
            "coast.example/feed/index.html | From the feed | - | ",
            "coast.example/index.html | The Coast | - | Tom Bell",
            "coast.example/news.html?id=12 | Ferries sail again | - | Tom Bell",
            "coast.example/world/strike | A strike in the port | - | Tom Bell",
        ]
    );
}

#[test]
fn a_vault_of_obsidian() {
    let home = Home::empty();
    let head = "---\ntitle: \"Harbor talks end\"\nsource: \"https://coast.example/a\"\nauthor:\n  - \"[[Ana Ruiz]]\"\npublished: 2026-03-04\n\
                created: 2026-03-05\ntags:\n  - \"clippings\"\n---\n";
    let text = TEXT.join("\n\n");
    home.write(
        "Clippings/Harbor talks end.md",
        format!("{head}{text}\n\n![[f.jpg]]\n\n> [!note] Ask\n> Ask again.\n"),
    );
    home.write(
        "Daily/2026-03-05.md",
        "- [ ] call the harbor\n- [x] read [[Harbor talks end]]\n",
    );
    home.write(
        "Templates/Clipping.md",
        "---\ntitle: \"{{title}}\"\nsource: \"{{url}}\"\n---\n{{content}}\n",
    );
    home.write(
        ".obsidian/app.json",
        "{\"title\":\"x\",\"content\":\"long text here\"}",
    );
    home.write(".trash/Old.md", "# Old\n");
    home.write("attachments/f.jpg", "x");
    home.write("Board.canvas", "{\"nodes\":[]}");
    assert_eq!(
        articles(&home),
        [
            "Clippings/Harbor talks end.md | Harbor talks end | 2026-03-04 | Tom Bell",
            "Daily/2026-03-05.md |  | 2026-03-05 | ",
        ]
    );
}

#[test]
fn exports_of_read_later_services() {
    let home = Home::empty();
    let content = serde_json::to_string(&marked_up()).unwrap();
    let json = format!(
        r#"[{{"is_archived":0,"tags":["sea"],"id":7,"title":"Harbor talks end","url":"https://coast.example/a","content":{content},"created_at":"2026-03-05T10:00:00+00:00","published_at":"2026-03-04T08:30:00+00:00","published_by":["Ana Ruiz"],"mimetype":"text/html","language":"en","domain_name":"coast.example"}}]"#
    );
    home.write("wallabag/All.json", json);
    home.write(
        "wallabag/All.csv",
        format!(
            "Title;URL;Content;Tags;MIME Type;Language;Creation date\n\"Harbor talks end\";https://coast.example/a;\"{}\";sea;text/html;en;\"05/03/2026 10:00:00\"\n",
            marked_up()
        ),
    );
    home.write(
        "wallabag/All.xml",
        format!(
            "<?xml version=\"1.0\"?><response><item key=\"0\"><title>Harbor talks end</title><url>https://coast.example/a</url><content><![CDATA[{}]]></content></item></response>",
            marked_up()
        ),
    );
    // Lists of links have no text.
    home.write("pocket/part_000000.csv", "title,url,time_added,tags,status\nHarbor talks end,https://coast.example/a,1772609400,sea,unread\n");
    home.write("instapaper/export.csv", "URL,Title,Selection,Folder,Timestamp\nhttps://coast.example/a,Harbor talks end,,Unread,1772609400\n");
    let found = articles(&home);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found
            .iter()
            .all(|line| line.contains("| Harbor talks end |") && line.ends_with("Tom Bell")),
        "{found:?}"
    );
}

#[test]
fn mail_folders_and_saved_pages() {
    let home = Home::empty();
    home.write(
        "Mail/Local Folders/News",
        mail("Harbor talks end") + &mail("Ferries sail"),
    );
    home.write(
        "Mail/Local Folders/News.msf",
        "// <!-- <mdb:mork:z v=\"1.4\"/> -->",
    );
    home.write("Mail/Local Folders/News.sbd/Old", mail("An old letter"));
    home.write("Mail/Local Folders/Trash", "");
    home.write("Mail/Local Folders/msgFilterRules.dat", "version=\"9\"\n");
    let comment = "<!--\n Page saved with SingleFile \n url: https://coast.example/a \n saved date: Thu Mar 05 2026 10:00:00 GMT+0100 (CET)\n-->";
    let saved = page("Saved whole").replacen(
        "<html lang=\"en\">",
        &format!("<html lang=\"en\">{comment}"),
        1,
    );
    home.write("Saved whole (3_5_2026 10_00_00 AM).html", saved);
    home.write("storage/AB12CD34/harbor-talks.html", page("From a library"));
    home.write("storage/AB12CD34/.zotero-ft-cache", "Harbor talks end");
    home.write("zotero.sqlite", "x");
    let found = articles(&home);
    let titles: Vec<_> = found
        .iter()
        .map(|line| line.split(" | ").nth(1).unwrap())
        .collect();
    assert_eq!(
        titles,
        [
            "Harbor talks end",
            "Ferries sail",
            "An old letter",
            "Saved whole",
            "From a library"
        ]
    );
    assert!(
        found.iter().all(|line| line.ends_with("Tom Bell")),
        "{found:?}"
    );
}
