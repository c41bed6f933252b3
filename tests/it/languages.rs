//! Sites in languages that the themes have no words for: Polish, with its plural forms, and Arabic, from right to left.

use crate::harness::Site;

/// The words of the theme `plain` in Polish.
const POLISH: &str = r#"language = "Polski"
skip     = "Przejdź do treści"
menu     = "Menu"
also     = "Znany też jako"
sources  = "Źródła"
mentions = "Wspomniane w"
through  = "przez"
fallback = "Ten tekst nie jest jeszcze przetłumaczony."
previous = "Poprzednia strona"
next     = "Następna strona"
yes      = "tak"
no       = "nie"

[entries]
one   = "{count} wpis"
few   = "{count} wpisy"
many  = "{count} wpisów"
other = "{count} wpisu"

[not_found]
title = "Nie znaleziono strony"

[number]
percent = "{number}%"
money   = "{number} {currency}"
currency = { PLN = "zł", EUR = "€" }
"#;

/// The words of the theme `plain` in Arabic.
const ARABIC: &str = r#"language = "العربية"
skip     = "انتقل إلى المحتوى"
menu     = "القائمة"
also     = "يُعرف أيضًا باسم"
sources  = "المصادر"
mentions = "مذكور في"
through  = "عبر"
fallback = "لم يُترجم هذا النص بعد."
previous = "الصفحة السابقة"
next     = "الصفحة التالية"
yes      = "نعم"
no       = "لا"

[entries]
zero  = "لا مدخلات"
one   = "مدخل واحد"
two   = "مدخلان"
few   = "{count} مدخلات"
many  = "{count} مدخلًا"
other = "{count} مدخل"

[not_found]
title = "الصفحة غير موجودة"

[number]
percent = "{number}%"
money   = "{number} {currency}"
currency = { EUR = "€" }
"#;

/// A site in Polish and Arabic, with `count` actors.
fn site(count: usize) -> Site {
    let actor = |at: usize| format!("title = {{ pl = \"Łódź {at}\", ar = \"لودز {at}\" }}\nfounded = \"2015-03-01\"\n");
    let site = Site::empty()
        .file(
            "site.toml",
            "title = { pl = \"Portal\", ar = \"بوابة\" }\nbase_url = \"https://example.org\"\nlanguages = [\"pl\", \"ar\"]\ntheme = \"own\"\n",
        )
        .file("themes/own/theme.toml", "extends = \"plain\"\n")
        .file("themes/own/strings/pl.toml", POLISH)
        .file("themes/own/strings/ar.toml", ARABIC)
        .file(
            "content/actors/_type.toml",
            "name = { pl = \"Firma\", ar = \"شركة\" }\nplural = { pl = \"Firmy\", ar = \"شركات\" }\n[fields.founded]\nkind = \"date\"\nlabel = { pl = \"Założenie\", ar = \"التأسيس\" }\n[fields.capital]\nkind = \"money\"\nlabel = { pl = \"Kapitał\", ar = \"رأس المال\" }\n",
        )
        .file("content/actors/a.md", "+++\ntitle = { pl = \"Firma \\\"Ą\\\"\", ar = \"الشركة\" }\nfounded = \"2015-03-01\"\ncapital = \"1234567 PLN\"\n+++\nTo \"dobra\" firma.\n");
    (1..count).fold(site, |site, at| site.file(&format!("content/actors/b{at}.toml"), actor(at)))
}

#[test]
fn a_page_in_polish_has_polish_plurals_dates_numbers_and_quotation_marks() {
    let count = |count| {
        let page =
            site(count).file("themes/own/templates/home.html", "{{ t(key=\"entries\", count=site.total) }}").build();
        page.page("/")
    };
    assert_eq!([1, 3, 5].map(count), ["1 wpis", "3 wpisy", "5 wpisów"]);
    let page = site(1).build().page("/actors/a/");
    assert!(page.contains("<html lang=\"pl\">"), "{page}");
    assert!(page.contains("1 marca 2015"), "{page}");
    assert!(page.contains("1\u{a0}234\u{a0}567 zł"), "{page}");
    assert!(page.contains("Firma „Ą”") && page.contains("To „dobra” firma."), "{page}");
}

#[test]
fn a_page_in_arabic_runs_from_right_to_left_and_marks_what_does_not() {
    let page = site(1).build().page("/ar/actors/a/");
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"), "{page}");
    assert!(page.contains("<div lang=\"pl\" dir=\"ltr\">"), "the prose is not translated: {page}");
    assert!(page.contains("1 مارس 2015"), "{page}");
    let home = |count| {
        let template = "{{ t(key=\"entries\", count=site.total) }}{{ comma() }}{{ dir }}";
        site(count).file("themes/own/templates/home.html", template).build().page("/ar/")
    };
    assert_eq!([1, 2, 3].map(home), ["مدخل واحد، rtl", "مدخلان، rtl", "3 مدخلات، rtl"]);
}

#[test]
fn words_of_a_third_language_that_are_missing_are_borrowed_but_never_its_name() {
    let built = site(1).file("themes/own/strings/ar.toml", "menu = \"القائمة\"\n").build();
    let page = built.page("/actors/a/");
    assert!(page.contains("hreflang=\"ar\">ar</a>"), "{page}");
    assert!(built.page("/ar/actors/a/").contains("Przejdź do treści"));
}
