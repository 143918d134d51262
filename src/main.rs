//! `pullquote`: read a folder of news and see who said what, about where.
use std::io::Write;

fn main() -> anyhow::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let paths: Vec<_> = std::env::args()
        .skip(1)
        .filter(|a| a != "extract" && a != "--format" && a != "jsonl")
        .collect();
    for path in paths {
        let path = std::path::PathBuf::from(path);
        let files: Vec<_> = if path.is_dir() {
            let mut v: Vec<_> = std::fs::read_dir(&path)?
                .filter_map(|e| Some(e.ok()?.path()))
                .filter(|p| p.extension().is_some_and(|e| e == "txt"))
                .collect();
            v.sort();
            v
        } else {
            vec![path]
        };
        for file in files {
            let name = file.to_string_lossy().into_owned();
            let document = pullquote::document::read(std::fs::read(&file)?, &name);
            let analysis = pullquote::analysis::analyze(&document.value);
            writeln!(
                out,
                "{}",
                pullquote::export::json::record(&name, &document, &analysis)
            )?;
        }
    }
    Ok(())
}
