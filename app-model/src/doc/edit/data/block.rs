//! A block of cells as spreadsheets put it on the clipboard, or a CSV text: cells of text, rows of equal length.
//!
//! Must not know where the block goes.

/// What was pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Rows of cells, all equally long; at least one of each.
    pub rows: Vec<Vec<String>>,
    /// What separated the cells.
    pub separator: char,
}

/// Reads a block. Tabs separate if there are any; else what makes the most columns of `,` and `;`.
///
/// # Errors
/// As a sentence: nothing there, or quotes that are never closed.
pub fn read(text: &str) -> Result<Block, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_matches(['\r', '\n']).is_empty() {
        return Err(crate::text::edits::NOTHING_PASTED.to_owned());
    }
    let separator = separator_of(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator as u8)
        .from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| crate::text::edits::NOT_A_TABLE.to_owned())?;
        rows.push(record.iter().map(str::to_owned).collect());
    }
    let width = rows.iter().map(Vec::len).max().unwrap_or(1).max(1);
    rows.iter_mut().for_each(|row| row.resize(width, String::new()));
    Ok(Block { rows, separator })
}

/// Counts a character outside quotes in the first row.
fn count_outside_quotes(text: &str, wanted: char) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for letter in text.trim_start_matches(['\r', '\n']).chars() {
        match letter {
            '"' => quoted = !quoted,
            '\n' if !quoted => break,
            other if other == wanted && !quoted => count += 1,
            _ => {}
        }
    }
    count
}

fn separator_of(text: &str) -> char {
    // Spreadsheets put tabs between cells, and nobody types one into a cell.
    if text.contains('\t') {
        '\t'
    } else if count_outside_quotes(text, ';') > count_outside_quotes(text, ',') {
        ';'
    } else {
        ','
    }
}

impl Block {
    /// Column names and rows. The first row gives the names where it holds no empty cell, no repeated one and none that
    /// is a number, and another row follows; else names are made up.
    pub fn with_names(self) -> (Vec<String>, Vec<Vec<String>>) {
        let mut rows = self.rows.into_iter();
        let Some(first) = rows.next() else { return (Vec::new(), Vec::new()) };
        let rest: Vec<Vec<String>> = rows.collect();
        let plain = |cell: &String| {
            !cell.trim().is_empty() && cell.parse::<f64>().is_err() && !cell.contains('@') && cell.len() <= 60
        };
        let distinct = first.iter().collect::<std::collections::HashSet<_>>().len() == first.len();
        if !rest.is_empty() && distinct && first.iter().all(plain) {
            return (first.iter().map(|name| clean(name)).collect(), rest);
        }
        let names = (1..=first.len()).map(crate::text::edits::column_number).collect();
        (names, std::iter::once(first).chain(rest).collect())
    }
}

/// A cell as a column's name: letters, digits, `_`, `-` and inner spaces.
pub fn clean(name: &str) -> String {
    let kept: String = name
        .trim()
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '_' | '-' | ' ') { c } else { '_' })
        .collect();
    let kept = kept.trim_start_matches('-').trim();
    if kept.is_empty() { crate::text::edits::FIRST_COLUMN.to_owned() } else { kept.to_owned() }
}
