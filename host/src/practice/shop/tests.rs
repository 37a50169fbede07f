use super::*;

#[test]
fn what_the_panel_shows_is_what_was_turned() {
    let quiet = Knobs { slow_pay: None, ..Knobs::demo() };
    let rows = [
        ShopKnobs::default(),
        ShopKnobs { slow_pay_ms: 900, slow_pay_after_ms: 5_000, ..ShopKnobs::default() },
        ShopKnobs { errors_above_people: Some(12), ..ShopKnobs::default() },
        ShopKnobs { drop_share: 0.25, ..ShopKnobs::default() },
    ];
    for row in rows {
        assert_eq!(shown(&turned(&quiet, &row)), row);
    }
    assert_eq!(turned(&Knobs::demo(), &shown(&Knobs::demo())), Knobs::demo());
}

#[test]
fn an_impossible_knob_is_refused_and_changes_nothing() {
    let shop = PracticeShop::new();
    for wrong in [
        ShopKnobs { drop_share: 1.5, ..ShopKnobs::default() },
        ShopKnobs { slow_pay_ms: 60_001, ..ShopKnobs::default() },
    ] {
        assert_eq!(shop.turn(&wrong).unwrap_err().code, Code::Invalid);
        assert_eq!(shop.now(), ShopNow { url: None, knobs: ShopKnobs::default() });
    }
}
