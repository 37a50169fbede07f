//! How colours are seen: contrast as in WCAG 2.2, colour-blind sight by Machado, Oliveira and Fernandes (2009) at full
//! severity, distance by CIEDE2000 (Sharma, Wu and Dalal, 2005).

/// A colour of a screen, each part from 0 to 1, as written (not linear).
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Rgb([f64; 3]);

/// A kind of sight.
#[derive(Clone, Copy)]
pub enum Sight {
    Usual,
    Protan,
    Deutan,
    Tritan,
}

impl Sight {
    pub const ALL: [Sight; 4] = [Sight::Usual, Sight::Protan, Sight::Deutan, Sight::Tritan];

    /// What is seen of a linear colour, as a matrix.
    fn matrix(self) -> [[f64; 3]; 3] {
        match self {
            Sight::Usual => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            Sight::Protan => [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
            Sight::Deutan => [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
            Sight::Tritan => [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        }
    }
}

impl Rgb {
    /// `#RRGGBB`.
    pub fn parse(text: &str) -> Option<Rgb> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok().map(|part| f64::from(part) / 255.0);
        Some(Rgb([part(0)?, part(2)?, part(4)?]))
    }

    fn linear(self) -> [f64; 3] {
        self.0.map(|part| if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) })
    }

    /// From 0 for black to 1 for white.
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// CIELAB under D65.
    fn lab(self, sight: Sight) -> [f64; 3] {
        let linear = self.linear();
        let [red, green, blue] =
            sight.matrix().map(|row| row.iter().zip(linear).map(|(part, of)| part * of).sum::<f64>());
        let [red, green, blue] = [red.max(0.0), green.max(0.0), blue.max(0.0)];
        let x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.950_47;
        let y = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        let z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.088_83;
        let bend = |part: f64| {
            if part > 216.0 / 24_389.0 { part.cbrt() } else { (24_389.0 / 27.0 * part + 16.0) / 116.0 }
        };
        [116.0 * bend(y) - 16.0, 500.0 * (bend(x) - bend(y)), 200.0 * (bend(y) - bend(z))]
    }
}

/// From 1 to 21.
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// How unlike two colours look: 1 is just seen, 100 is black beside white.
pub fn distance(one: Rgb, other: Rgb, sight: Sight) -> f64 {
    let ([l1, a1, b1], [l2, a2, b2]) = (one.lab(sight), other.lab(sight));
    let seventh = |chroma: f64| (chroma.powi(7) / (chroma.powi(7) + 25.0_f64.powi(7))).sqrt();
    let grey = 0.5 * (1.0 - seventh((a1.hypot(b1) + a2.hypot(b2)) / 2.0));
    let (a1, a2) = ((1.0 + grey) * a1, (1.0 + grey) * a2);
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| if a == 0.0 && b == 0.0 { 0.0 } else { b.atan2(a).to_degrees().rem_euclid(360.0) };
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let grey_one = c1 * c2 == 0.0;
    let turn = if grey_one { 0.0 } else { (h2 - h1 + 180.0).rem_euclid(360.0) - 180.0 };
    let mean_hue = match (grey_one, (h1 - h2).abs() <= 180.0) {
        (true, _) => h1 + h2,
        (false, true) => (h1 + h2) / 2.0,
        (false, false) if h1 + h2 < 360.0 => (h1 + h2 + 360.0) / 2.0,
        (false, false) => (h1 + h2 - 360.0) / 2.0,
    };
    let (mean_l, mean_c) = ((l1 + l2) / 2.0, (c1 + c2) / 2.0);
    let cosine = |degrees: f64| degrees.to_radians().cos();
    let tint =
        1.0 - 0.17 * cosine(mean_hue - 30.0) + 0.24 * cosine(2.0 * mean_hue) + 0.32 * cosine(3.0 * mean_hue + 6.0)
            - 0.2 * cosine(4.0 * mean_hue - 63.0);
    let light = (l2 - l1) / (1.0 + 0.015 * (mean_l - 50.0).powi(2) / (20.0 + (mean_l - 50.0).powi(2)).sqrt());
    let chroma = (c2 - c1) / (1.0 + 0.045 * mean_c);
    let hue = 2.0 * (c1 * c2).sqrt() * (turn.to_radians() / 2.0).sin() / (1.0 + 0.015 * mean_c * tint);
    let bend = 30.0 * (-((mean_hue - 275.0) / 25.0).powi(2)).exp();
    let twist = -2.0 * seventh(mean_c) * (2.0 * bend).to_radians().sin();
    (light * light + chroma * chroma + hue * hue + twist * chroma * hue).sqrt()
}

#[cfg(test)]
mod tests {
    use super::{Rgb, Sight, contrast, distance};

    fn rgb(text: &str) -> Rgb {
        Rgb::parse(text).expect("a colour")
    }

    #[test]
    fn contrast_and_distance_are_those_of_the_books() {
        assert!((contrast(rgb("#FFFFFF"), rgb("#000000")) - 21.0).abs() < 1e-9);
        assert!((contrast(rgb("#777777"), rgb("#FFFFFF")) - 4.48).abs() < 0.01);
        assert!((distance(rgb("#FFFFFF"), rgb("#000000"), Sight::Usual) - 100.0).abs() < 0.1);
        assert!(distance(rgb("#D7191C"), rgb("#1A9641"), Sight::Usual) > 50.0);
        // Red and green of one lightness are near each other for some.
        assert!(distance(rgb("#C05000"), rgb("#7A7A00"), Sight::Deutan) < 12.0);
    }
}
