//! A step, field by field, in the step panel: what is typed stands in the file, values become chips, and what is wrong is
//! said beside the field with a way out.

use crate::pages::{Frame, Panel};
use crate::rig::journey;

#[tokio::test]
async fn a_request_is_set_up_field_by_field() {
    journey("panel", &["shop.tide"], async |window, app| {
        let panel = Panel(window);
        panel.open("shop.tide", "look", "view").await;
        panel.set_method("POST").await;
        panel.set_name("A thing").await;
        panel.is_about("A thing").await;
        panel.set_address("/things/").await;
        panel.insert_value("panel-address", "product").await;
        assert_eq!(panel.address().await, "/things/{{product}}");
        panel.add_check("contains", "Tea").await;
        panel.add_saved_value("price", "json", "price").await;
        for wanted in ["\"POST\"", "/things/{{product}}", "\"Tea\"", "$.price"] {
            app.holds("scenarios/shop.tide", wanted).await;
        }

        panel.open("shop.tide", "look", "read").await;
        panel.set_pause("2s", "4s").await;
        panel.is_about("2–4 seconds").await;
    })
    .await;
}

#[tokio::test]
async fn a_value_that_is_never_set_is_said_at_its_field_and_mended_with_one_click() {
    journey("panel-fix", &["shop.tide"], async |window, _app| {
        let (frame, panel) = (Frame(window), Panel(window));
        panel.open("shop.tide", "look", "view").await;
        let before = panel.address().await;
        panel.set_address("/things/{{nowhere}}").await;
        window.see("trouble-value-never-set").await;
        panel.fix("value-never-set", 1).await;
        window.gone("trouble-value-never-set").await;
        // The value was made in Data: that is where undo leads.
        frame.undo().await;
        panel.open("shop.tide", "look", "view").await;
        window.see("trouble-value-never-set").await;
        // In a field with chips, the keys of undo are the document's. Typed slowly, an address is several changes.
        window.focus("panel-address").await;
        for _ in 0.."/things/{{nowhere}}".len() {
            let now = panel.address().await;
            if now == before {
                break;
            }
            window.control('z').await;
            window.until("it is another address", async || (panel.address().await != now).then_some(())).await;
        }
        assert_eq!(panel.address().await, before);
    })
    .await;
}
