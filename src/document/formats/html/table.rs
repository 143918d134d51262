//! Distinguishes tables of data from those that only arrange a page.

use dom_query::{NodeData, NodeRef};

/// The most nodes in a table of data; larger tables are read as running text.
const MOST_NODES: usize = 20_000;
/// The longest cell in a table of data, in bytes; longer text is prose.
const LONGEST_CELL: usize = 160;

/// A table of data.
pub(super) struct DataTable {
    /// Its rows of cells, without empty rows.
    pub(super) rows: Vec<Vec<String>>,
    /// Whether the first row names the columns.
    pub(super) has_head: bool,
}

/// Reads a table of data; returns `None` for a table that arranges blocks of text.
pub(super) fn data_table(table: NodeRef<'_>) -> Option<DataTable> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut n_heads = 0;
    for node in table.descendants_it().take(MOST_NODES + 1).enumerate() {
        let (index, node) = node;
        if index == MOST_NODES {
            return None;
        }
        match table_node(node) {
            TableNode::Row => rows.push(Vec::new()),
            TableNode::Cell { is_head } => {
                n_heads += usize::from(is_head && rows.len() == 1);
                rows.last_mut()?.push(String::new());
            }
            TableNode::Words(words) => {
                let cell = rows.last_mut().and_then(|row| row.last_mut());
                match cell {
                    Some(cell) => add(cell, &words),
                    None if words.trim().is_empty() => {}
                    None => return None,
                }
                if rows.last()?.last()?.len() > LONGEST_CELL {
                    return None;
                }
            }
            TableNode::Block => return None,
            TableNode::Nothing => {}
        }
    }
    let is_figures =
        rows.len() > 1 && rows.iter().filter(|row| row.len() > 1).count() * 2 >= rows.len();
    let is_shown = |row: &Vec<String>| row.iter().any(|cell| !cell.trim().is_empty());
    let has_head = match rows.first() {
        Some(row) => n_heads > 1 && n_heads >= row.len() && is_shown(row),
        None => false,
    };
    rows.retain(is_shown);
    (is_figures && !rows.is_empty()).then_some(DataTable { rows, has_head })
}

/// What a node means to a table.
enum TableNode {
    Row,
    Cell {
        is_head: bool,
    },
    Words(String),
    /// Something that does not occur in a table of data.
    Block,
    Nothing,
}

fn table_node(node: NodeRef<'_>) -> TableNode {
    let of = |data: &NodeData| match data {
        NodeData::Text { contents } => TableNode::Words(contents.to_string()),
        NodeData::Element(element) => match &*element.name.local {
            "tr" => TableNode::Row,
            "td" | "th" => TableNode::Cell {
                is_head: &*element.name.local == "th",
            },
            "table" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol"
            | "blockquote" | "figure" | "img" | "pre" | "article" | "section" | "style"
            | "script" | "caption" => TableNode::Block,
            "br" | "p" => TableNode::Words(" ".into()),
            _ => TableNode::Nothing,
        },
        _ => TableNode::Nothing,
    };
    node.query_or(TableNode::Nothing, |node| of(&node.data))
}

fn add(cell: &mut String, words: &str) {
    if words.starts_with(char::is_whitespace) && !cell.is_empty() && !cell.ends_with(' ') {
        cell.push(' ');
    }
    for (index, word) in words.split_whitespace().enumerate() {
        if index > 0 {
            cell.push(' ');
        }
        cell.push_str(word);
    }
    if words.ends_with(char::is_whitespace) && !cell.is_empty() && !cell.ends_with(' ') {
        cell.push(' ');
    }
}
