use super::*;

#[test]
fn the_oldest_sign_ins_are_forgotten_first() {
    let visitors = Visitors::new(1, 3);
    let tokens: Vec<String> = (0..5).map(|_| visitors.sign_in().1).collect();
    let known = |token: &String| visitors.number_of(token).and_then(|number| visitors.with(number, |_| ())).is_some();
    assert_eq!(tokens.iter().map(known).collect::<Vec<_>>(), [false, false, true, true, true]);
}

#[test]
fn only_tokens_of_this_shop_are_known() {
    let visitors = Visitors::new(1, 10);
    let (_, token) = visitors.sign_in();
    let other = Visitors::new(2, 10).sign_in().1;
    for (token, number) in
        [(token.as_str(), Some(1)), (&other, None), ("", None), ("tide-1-", None), ("tide-1-+1", None)]
    {
        assert_eq!(visitors.number_of(token), number, "{token}");
    }
}

#[test]
fn baskets_and_orders_are_bounded() {
    let mut visitor = Visitor::default();
    for product in 0..MOST_LINES as u32 {
        assert!(visitor.put(product, 1));
    }
    assert!(!visitor.put(1000, 1));
    assert!(visitor.put(7, u32::MAX), "more of what is in the basket already");
    for id in 0..=MOST_ORDERS as u64 {
        visitor.keep(Order { id, lines: Vec::new(), cents: 0, paid: false });
    }
    assert!(visitor.order(0).is_none() && visitor.order(1).is_some());
}
