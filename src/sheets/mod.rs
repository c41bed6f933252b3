//! Spreadsheets, in and out.
//!
//! In and out: `export` makes a workbook or tables in CSV from a checked site, and `import` makes a change of the site
//! from any workbook or table. Both know a type as a sheet with the same columns, and the values of a cell in the same
//! form. Nothing is read or written here: bytes come in and go out.

mod words;
mod fingerprint;
mod column;
mod titles;
mod cells;
mod sheet;
mod export;
mod import;

pub use export::{Export, csv, workbook};
pub use import::{Case, Decisions, Import, Imported, Map, import, infer};
