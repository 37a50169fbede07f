//! The program inside the page.

fn main() {
    tidemark_app_ui::start();
}
