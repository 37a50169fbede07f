//! The shop's front page and its resources, for scenarios that read HTML and load resources side by side. It must not
//! know who is looking.

use bytes::Bytes;
use http::StatusCode;

use crate::{
    answer::{self, Answer},
    dice::{self, Die},
};

const CSS: &str = "body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:44rem;color:#1d2b36}\n\
    main{display:grid;gap:1rem}\n.product{display:flex;gap:1rem;align-items:center}\n\
    a{color:#00617a}\nform{display:flex;gap:.5rem}\n";
const JS: &str = "document.querySelector('#search')?.addEventListener('submit', async (event) => {\n  \
    event.preventDefault();\n  const word = new FormData(event.target).get('q');\n  \
    const answer = await fetch('/search?q=' + encodeURIComponent(word));\n  \
    const { items } = await answer.json();\n  \
    document.querySelector('#found').textContent = items.map((item) => item.name).join(', ');\n});\n";

/// The resources' names; the page links to each of them.
const ASSETS: [&str; 6] = ["shop.css", "shop.js", "logo.svg", "bread.svg", "fruit.svg", "tea.svg"];

/// The front page as request number `number` gets it: the hidden field's value is a new one each time.
pub(crate) fn home(seed: u64, number: u64) -> Answer {
    let form = dice::mix(seed, number, Die::Form);
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Corner Shop</title>\n\
         <link rel=\"stylesheet\" href=\"/assets/shop.css\">\n<script src=\"/assets/shop.js\" defer></script>\n\
         </head>\n<body>\n<h1><img src=\"/assets/logo.svg\" alt=\"\"> Corner Shop</h1>\n<main>\n\
         <form id=\"sign-in\" method=\"post\" action=\"/login\">\n\
         <input type=\"hidden\" name=\"form_token\" value=\"{form:016x}\">\n\
         <input name=\"email\" type=\"email\">\n<input name=\"password\" type=\"password\">\n\
         <button>Sign in</button>\n</form>\n\
         <form id=\"search\"><input name=\"q\"><button>Search</button></form>\n<p id=\"found\"></p>\n\
         <ul class=\"categories\">\n\
         <li><a href=\"/products?category=bread\"><img src=\"/assets/bread.svg\" alt=\"\"> Bread</a></li>\n\
         <li><a href=\"/products?category=fruit\"><img src=\"/assets/fruit.svg\" alt=\"\"> Fruit</a></li>\n\
         <li><a href=\"/products?category=tea\"><img src=\"/assets/tea.svg\" alt=\"\"> Tea</a></li>\n\
         </ul>\n</main>\n</body>\n</html>\n"
    );
    answer::body(StatusCode::OK, "text/html; charset=utf-8", html)
}

/// One of the page's resources.
pub(crate) fn asset(name: &str) -> Answer {
    if !ASSETS.contains(&name) {
        return answer::missing("there is no such resource");
    }
    let (media, content) = match name {
        "shop.css" => ("text/css", Bytes::from_static(CSS.as_bytes())),
        "shop.js" => ("text/javascript", Bytes::from_static(JS.as_bytes())),
        picture => ("image/svg+xml", drawing(picture).into()),
    };
    answer::body(StatusCode::OK, media, content)
}

/// A picture of a few kilobytes: rings whose colour comes from the name.
fn drawing(name: &str) -> String {
    let hue = name.bytes().map(u32::from).sum::<u32>() % 360;
    let ring = |n: u32| {
        format!("<circle cx=\"32\" cy=\"32\" r=\"{n}\" fill=\"none\" stroke=\"hsl({} 60% {}%)\"/>\n", hue, 30 + 2 * n)
    };
    let rings: String = (1..31).map(ring).collect();
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\">\n{rings}</svg>\n")
}
