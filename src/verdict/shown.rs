//! How degrees are shown: one rounding for every output.

/// Numbers that differ by less differ by the rounding of doubles.
const ROUNDING: f64 = 1e-12;

/// Whether a probability is 1 but for rounding.
fn is_certain(probability: f64) -> bool {
    probability >= 1.0 - ROUNDING
}

/// Whether a probability is 0 but for rounding.
pub(crate) fn is_nothing(probability: f64) -> bool {
    probability < ROUNDING
}

/// A degree or a case to two decimals; what is not quite certain is not shown as 1.00, nor what is not
/// quite impossible as 0.00.
///
/// ```
/// use evigraph::internals::verdict::degree;
/// assert_eq!(degree(0.126), "0.13");
/// assert_eq!(degree(0.9987), "0.99");
/// assert_eq!(degree(1.0), "1.00");
/// assert_eq!(degree(0.0001), "0.01");
/// assert_eq!(degree(1e-17), "0.00", "no more than rounding");
/// assert_eq!([degree(0.325), degree(0.325_f64.next_down())], ["0.33", "0.33"], "one number, however it was worked out");
/// ```
pub fn degree(number: f64) -> String {
    let shown = match number {
        number if is_nothing(number) => 0.0,
        number if is_certain(number) => number,
        // Halves go up, on whichever side of them the rounding of doubles has left a number.
        number => (number + ROUNDING).clamp(0.01, 0.99),
    };
    format!("{shown:.2}")
}
