#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

fn table(name: &str, suffix: &'static str, figures: usize, figure: &str) -> Vec<String> {
    let head: Vec<&str> = (0..figures).map(|at| if at == 1 { "spare" } else { "p50" }).collect();
    let line = Line { name: name.to_owned(), suffix, figures: vec![figure.to_owned(); figures] };
    lay_out(&head, vec![line], "spare")
}

#[test]
fn names_get_the_room_that_the_figures_leave() {
    let long = "GET /api/v1/customers/[id]/orders/[order] for a guest";
    let rows: [(&str, &'static str, usize, &str, &[&str]); 4] = [
        ("Pay", "", 2, "1,240", &["       p50  spare", "Pay  1,240  1,240"]),
        ("Größe", " (task)", 1, "1", &["              p50", "Größe (task)    1"]),
        (long, "", 10, "12", &["spare", "GET /api/v1/customers/[id]/orders/[order] for a guest   12"]),
        (long, " (task)", 16, "1,240", &["p50   p50", "GET /api… a guest (task) 1,240"]),
    ];
    for (name, suffix, figures, figure, wanted) in rows {
        let lines = table(name, suffix, figures, figure);
        for (line, wanted) in lines.iter().zip(wanted) {
            assert!(line.contains(wanted), "{wanted:?} is not in {line:?}");
            assert!(width(line) <= PAGE, "{line}");
        }
    }
}

#[test]
fn a_spare_column_gives_way_to_names() {
    for (figures, there) in [(15, true), (17, false), (18, false)] {
        let lines = table("A name that is far too long", "", figures, "1,240");
        assert_eq!(lines[0].contains("spare"), there, "{figures}");
        assert_eq!(lines[1].matches("1,240").count(), figures - usize::from(!there));
    }
}
