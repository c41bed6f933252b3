//! How a limit on the entries of a page is shared by its groups.

/// The largest number of entries for each group, the same for all and at least one, with which all groups together have
/// at most `most`.
pub(crate) fn fair_share(groups: impl Iterator<Item = usize>, most: usize) -> usize {
    let mut sizes: Vec<usize> = groups.collect();
    sizes.sort_unstable();
    let (mut left, mut groups) = (most, sizes.len());
    for size in sizes {
        // A group smaller than its share leaves the rest of it to the larger ones.
        if size * groups > left {
            return (left / groups).max(1);
        }
        left -= size;
        groups -= 1;
    }
    usize::MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_fair() {
        assert_eq!(fair_share([3, 1, 2].into_iter(), 6), usize::MAX);
        assert_eq!(fair_share([100, 1, 100].into_iter(), 21), 10);
        assert_eq!(fair_share([5, 5, 5].into_iter(), 2), 1);
        assert_eq!(fair_share([].into_iter(), 2), usize::MAX);
    }
}
