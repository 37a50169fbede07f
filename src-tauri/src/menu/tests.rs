use super::*;

#[test]
fn the_menu_has_every_command_of_the_app_once() {
    let mut menu: Vec<&str> = MENUS.iter().flat_map(|(_, groups)| groups.concat()).collect();
    let mut table: Vec<&str> = COMMANDS.iter().map(|command| command.id).collect();
    menu.sort_unstable();
    table.sort_unstable();
    assert_eq!(menu, table);
}

#[test]
fn keys_are_written_as_menus_have_them_and_never_take_a_letter_away() {
    let keys = |ctrl, shift, alt, key| Keys { ctrl, shift, alt, key };
    let rows = [
        (keys(true, false, false, "z"), Some("CmdOrCtrl+Z")),
        (keys(true, true, false, "Enter"), Some("CmdOrCtrl+Shift+ENTER")),
        (keys(false, false, true, "Enter"), Some("Alt+ENTER")),
        (keys(false, true, false, "F8"), Some("Shift+F8")),
        (keys(true, false, false, "."), Some("CmdOrCtrl+.")),
        (keys(false, false, false, "?"), None),
    ];
    for (keys, wanted) in rows {
        assert_eq!(accelerator(&[keys]).as_deref(), wanted);
    }
}
