//! Shapes: the variables of templates, declared with their documentation.

/// A shape as `themes/README.md` documents it.
#[cfg(test)]
pub(crate) struct Shape {
    pub name: &'static str,
    /// Paragraphs of Markdown.
    pub about: &'static [&'static str],
    /// The name and the documentation of each field.
    pub fields: &'static [(&'static str, &'static str)],
}

/// Declares structs that become values in templates. Each field is a variable of the same name.
macro_rules! shapes {
    ($($(#[doc = $about:literal])+ $name:ident { $(#[doc = $doc:literal] $field:ident: $kind:ty,)* })+) => {
        $(
            $(#[doc = $about])+
            #[derive(serde::Serialize)]
            pub(crate) struct $name { $(#[doc = $doc] pub $field: $kind,)* }

            impl From<$name> for tera::Value {
                fn from(shape: $name) -> Self {
                    // Values of the engine are shared, not serialised again.
                    tera::Value::from_serializable(&shape)
                }
            }
        )+

        /// The shapes of this module.
        #[cfg(test)]
        pub(crate) const SHAPES: &[crate::render::engine::shapes::Shape] = &[$(crate::render::engine::shapes::Shape {
            name: stringify!($name),
            about: &[$($about),+],
            fields: &[$((stringify!($field), $doc)),*],
        }),+];
    };
}

pub(crate) use shapes;
