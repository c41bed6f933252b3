//! The outline that small maps are drawn on, as an SVG file.

use std::io::Write;

use super::output::{self, Failure, Input, Plan};
use crate::render::views::map;
use crate::site::{OUTLINE, Subject};

pub(super) struct Output;

impl output::Output for Output {
    fn plan(&self, plan: &mut Plan<'_>) {
        if !plan.ecosystem.outline.areas.is_empty() {
            plan.add(OUTLINE, Subject::Site);
        }
    }

    fn write(&self, input: &Input<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        Ok(out.write_all(map::outline(&input.scope.ecosystem).as_bytes())?)
    }
}
