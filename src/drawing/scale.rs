//! A scale of values, with round numbers on it.

/// The maximum number of steps between the round numbers.
const STEPS: f64 = 4.0;

/// A scale from one value to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scale {
    pub from: f64,
    pub to: f64,
}

impl Scale {
    /// The scale of some values. `from_zero` has it hold zero too. A scale without an extent holds zero, or else 1.
    pub(crate) fn new(values: impl Iterator<Item = f64>, from_zero: bool) -> Self {
        let (mut from, mut to) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.filter(|value| value.is_finite()) {
            (from, to) = (from.min(value), to.max(value));
        }
        if from_zero || from >= to {
            (from, to) = (from.min(0.0), to.max(0.0));
        }
        if from < to { Self { from, to } } else { Self { from: 0.0, to: 1.0 } }
    }

    /// The position of a value, in hundredths of the scale, with one decimal.
    pub(crate) fn at(&self, value: f64) -> f64 {
        tenth(100.0 * (value - self.from) / (self.to - self.from))
    }

    /// The round numbers on the scale, at most five, ascending.
    pub(crate) fn ticks(&self) -> Vec<f64> {
        let least = (self.to - self.from) / STEPS;
        let power = 10_f64.powi(least.log10().floor() as i32);
        let step = [1.0, 2.0, 5.0].map(|step| step * power).into_iter().find(|step| *step >= least);
        let step = step.unwrap_or(10.0 * power);
        let (first, last) = ((self.from / step).ceil() as i64, (self.to / step).floor() as i64);
        (first..=last).map(|at| at as f64 * step).collect()
    }
}

/// A number with one decimal.
pub(crate) fn tenth(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_scale_starts_at_zero_unless_it_need_not() {
        let scale = |values: &[f64], from_zero| Scale::new(values.iter().copied(), from_zero);
        assert_eq!(scale(&[41.01, 56.28], true).ticks(), [0.0, 20.0, 40.0]);
        assert_eq!(scale(&[41.01, 56.28], true).at(56.28), 100.0);
        assert_eq!(scale(&[41.0, 57.0], false).ticks(), [45.0, 50.0, 55.0]);
        assert_eq!(scale(&[-90.0, -60.0], true).ticks(), [-50.0, 0.0]);
        assert_eq!(scale(&[7.0], false), Scale { from: 0.0, to: 7.0 });
        assert_eq!(scale(&[], true), Scale { from: 0.0, to: 1.0 });
    }

    proptest! {
        #[test]
        fn a_scale_has_few_ticks_and_all_lie_on_it(a in -1e12..1e12_f64, b in -1e12..1e12_f64, from_zero: bool) {
            let scale = Scale::new([a, b].into_iter(), from_zero);
            let ticks = scale.ticks();
            prop_assert!((1..=5).contains(&ticks.len()), "{ticks:?}");
            prop_assert!(ticks.iter().all(|tick| (-0.1..=100.1).contains(&scale.at(*tick))), "{ticks:?}");
        }
    }
}
