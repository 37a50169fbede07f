//! Joins the style files into one sheet.
//!
//! Must not know what is in them, but for the addresses of fonts.

use anyhow::{Context, Result, bail};
use std::path::Path;

/// The files of `style/`, in the order of `style/order.txt`: a name per line, without `.css`. Without that file the
/// order is `tokens`, `base`, then the alphabet. `Err` when the list and the folder differ.
pub fn joined(style: &Path) -> Result<String> {
    let mut found = names(style)?;
    let order = match std::fs::read_to_string(style.join("order.txt")) {
        Ok(text) => listed(&text, &found)?,
        Err(_) => {
            found.sort_by_key(|name| (name != "tokens", name != "base", name.clone()));
            found
        }
    };
    let mut sheet = String::new();
    for name in order {
        let path = style.join(format!("{name}.css"));
        let text = std::fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
        sheet += text.trim_end();
        sheet.push('\n');
    }
    Ok(sheet)
}

fn names(style: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(style).with_context(|| format!("could not read {}", style.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "css")
            && let Some(stem) = path.file_stem()
        {
            names.push(stem.to_string_lossy().into_owned());
        }
    }
    Ok(names)
}

fn listed(text: &str, found: &[String]) -> Result<Vec<String>> {
    let order: Vec<String> = text
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim().trim_end_matches(".css").to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    if let Some(name) = found.iter().find(|name| !order.contains(name)) {
        bail!("style/order.txt does not name {name}.css");
    }
    if let Some(name) = order.iter().find(|name| !found.contains(name)) {
        bail!("style/order.txt names {name}.css, which does not exist");
    }
    Ok(order)
}

/// Without comments and without spaces at the ends of lines: enough, as the rest compresses well.
pub fn stripped(sheet: &str) -> String {
    let mut rest = sheet;
    let mut kept = String::with_capacity(sheet.len());
    while let Some((before, after)) = rest.split_once("/*") {
        kept += before;
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept += rest;
    let lines = kept.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{listed, stripped};

    #[test]
    fn comments_go_and_rules_stay() {
        for (sheet, wanted) in [
            ("a { }\n\n/* why */\n  b { c: d } /* x\ny */ e { }", "a { }\nb { c: d }  e { }"),
            ("/* never closed a { }", ""),
        ] {
            assert_eq!(stripped(sheet), wanted);
        }
    }

    #[test]
    fn the_list_and_the_folder_must_agree() {
        let found = ["home".to_owned(), "tokens".to_owned()];
        let rows = [
            ("tokens.css # first\n\nhome\n", Ok("tokens home")),
            ("tokens\n", Err("style/order.txt does not name home.css")),
            ("tokens\nhome\nrun\n", Err("style/order.txt names run.css, which does not exist")),
        ];
        for (text, wanted) in rows {
            let outcome = listed(text, &found).map(|order| order.join(" ")).map_err(|trouble| trouble.to_string());
            assert_eq!(outcome.as_deref().map_err(String::as_str), wanted);
        }
    }
}
