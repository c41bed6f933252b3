//! A disc in sectors, in proportion to numbers.

use std::f64::consts::TAU;

use super::scale::tenth;
use super::shapes::Point;

/// The sectors of a disc as SVG paths, clockwise from the top. There are at least two parts, and all are more than zero.
pub(crate) fn sectors(at: Point, radius: i32, parts: &[usize]) -> Vec<String> {
    let whole = parts.iter().sum::<usize>() as f64;
    let rim = |part: f64| {
        let (sine, cosine) = (TAU * part / whole).sin_cos();
        let (x, y) = (f64::from(at.x) + f64::from(radius) * sine, f64::from(at.y) - f64::from(radius) * cosine);
        format!("{} {}", tenth(x), tenth(y))
    };
    let mut from = 0.0;
    let sectors = parts.iter().map(|part| {
        let to = from + *part as f64;
        let large = i32::from((to - from) * 2.0 > whole);
        let path = format!("M{} {}L{}A{radius} {radius} 0 {large} 1 {}Z", at.x, at.y, rim(from), rim(to));
        from = to;
        path
    });
    sectors.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sectors_are_in_proportion_and_start_at_the_top() {
        let paths = sectors(Point { x: 10, y: 10 }, 4, &[1, 3]);
        assert_eq!(paths, ["M10 10L10 6A4 4 0 0 1 14 10Z", "M10 10L14 10A4 4 0 1 1 10 6Z"]);
    }
}
