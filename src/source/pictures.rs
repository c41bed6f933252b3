//! Whether a file is a picture, and how large it is.
//!
//! In: a file that is published as it is. Out: a [`Picture`], from its name and its first bytes. Nothing is decoded.

use super::asset::Asset;

/// The number of bytes that are read of a file.
const START: u64 = 256 * 1024;

/// The endings of pictures that browsers show.
const ENDINGS: &[&str] = &["apng", "avif", "bmp", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp"];

/// What a file is as a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// Its name does not have the ending of a picture.
    OtherName,
    /// Its name has the ending of a picture, and its bytes are not those of one.
    OtherBytes,
    /// It is a picture. The width and height are in pixels, and known if its first bytes state both.
    Size(Option<(u32, u32)>),
}

/// What a file is as a picture. A file that can't be read counts as one, because it is reported when it is published.
pub(super) fn picture(asset: &Asset) -> Picture {
    let ending = asset.path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    if !ENDINGS.contains(&&*ending) {
        return Picture::OtherName;
    }
    match asset.bytes.start(START) {
        Err(_) => Picture::Size(None),
        Ok(bytes) if ending == "svg" => vector(&String::from_utf8_lossy(&bytes)),
        Ok(bytes) => raster(&bytes),
    }
}

/// Whether bytes are those of a picture is decided by the bytes alone, as browsers do.
fn raster(bytes: &[u8]) -> Picture {
    if imagesize::image_type(bytes).is_err() {
        return Picture::OtherBytes;
    }
    let pixels = |number: usize| u32::try_from(number).ok().filter(|number| *number > 0);
    let size = imagesize::blob_size(bytes).ok();
    Picture::Size(size.and_then(|size| Some((pixels(size.width)?, pixels(size.height)?))))
}

/// A drawing in the format SVG has a size if its first element states its width and height in pixels.
fn vector(text: &str) -> Picture {
    // In UTF-16, every second byte of a tag is zero.
    let text = text.replace('\0', "");
    let Some((_, rest)) = text.split_once("<svg") else { return Picture::OtherBytes };
    let tag = rest.split('>').next().unwrap_or_default();
    Picture::Size(length(tag, "width").zip(length(tag, "height")))
}

/// The value of an attribute in whole pixels.
fn length(tag: &str, name: &str) -> Option<u32> {
    let after = tag.split(name).skip(1).zip(tag.split(name));
    let mut values = after.filter(|(_, before)| before.ends_with(char::is_whitespace)).map(|(value, _)| value);
    let value = values.next()?.trim_start().strip_prefix('=')?.trim_start();
    let value = value.strip_prefix(['"', '\''])?.split(['"', '\'']).next()?;
    let pixels: f64 = value.trim().trim_end_matches("px").parse().ok()?;
    (1.0..1e6).contains(&pixels).then_some(pixels.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Bytes;

    const GIF: &[u8] = b"GIF89a\x03\x00\x02\x00\x80\x00\x00";

    fn of(path: &str, bytes: &[u8]) -> Picture {
        picture(&Asset { path: path.into(), bytes: Bytes::Memory(bytes.into()) })
    }

    #[test]
    fn the_bytes_decide() {
        assert_eq!(of("a.GIF", GIF), Picture::Size(Some((3, 2))));
        // Browsers do not mind a wrong ending.
        assert_eq!(of("a.png", GIF), Picture::Size(Some((3, 2))));
        assert_eq!(of("a.png", b"<html>"), Picture::OtherBytes);
        assert_eq!(of("a.png", b""), Picture::OtherBytes);
        assert_eq!(of("a.pdf", GIF), Picture::OtherName);
        assert_eq!(of("gif", GIF), Picture::OtherName);
    }

    #[test]
    fn a_drawing_has_the_size_that_it_states_in_pixels() {
        let svg = |attributes: &str| of("a.svg", format!("<?xml?><svg {attributes}><rect/></svg>").as_bytes());
        assert_eq!(svg("width='30' height=\"20.4px\""), Picture::Size(Some((30, 20))));
        assert_eq!(svg("viewBox=\"0 0 30 20\""), Picture::Size(None));
        assert_eq!(svg("width=\"100%\" height=\"100%\""), Picture::Size(None));
        assert_eq!(svg("stroke-width=\"2\" width=\"30\" height=\"-1\""), Picture::Size(None));
        assert_eq!(svg("stroke-width=\"2\" width=\"30\" height=\"9\""), Picture::Size(Some((30, 9))));
        assert_eq!(of("a.svg", b"<html>"), Picture::OtherBytes);
    }

    /// Pictures come from anybody: whatever their bytes are, looking at them ends.
    #[test]
    fn headers_that_are_cut_or_changed_do_no_harm() {
        let headers: [&[u8]; 6] = [
            GIF,
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0",
            b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08\0\x10\0\x10\x03",
            b"RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x0f\0\0\x0f\0\0",
            b"\0\0\0\x1cftypavif\0\0\0\0avifmif1\0\0\0\x30meta\0\0\0\0\0\0\0\x20iprp\0\0\0\x18ipco\0\0\0\x14ispe\0\0\0\0\0\0\0\x08\0\0\0\x08",
            b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x02\0\0\0\x02\0\0\0",
        ];
        for header in headers {
            for end in 0..=header.len() {
                let _ = of("a.png", &header[..end]);
            }
            for at in 0..header.len() {
                for byte in [0, 1, 0x7f, 0x80, 0xff] {
                    let mut changed = header.to_vec();
                    changed[at] = byte;
                    let _ = of("a.png", &changed);
                }
            }
        }
    }
}
