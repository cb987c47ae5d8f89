//! The page around the picture, the report and the remarks.

use crate::diagram::SCRIPT_HASH;

/// What stands in the body of the page: one element of the class `evigraph-page`, which fills what it is put into.
pub const BODY: &str = include_str!("shell/body.html");
/// How it looks. Every rule is of `.evigraph-page`, so that it can stand in a page with other things.
pub const STYLE: &str = include_str!("shell/page.css");
/// What it does; it runs when the body is there.
pub const SCRIPT: &str = include_str!("shell/page.js");

/// The HTML of a page that is nothing else: style and scripts come from the given addresses, the script of the page first.
pub fn shell(style: &str, scripts: &[&str]) -> String {
    let scripts: String = scripts.iter().map(|script| format!("<script src=\"{script}\"></script>\n")).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>evigraph</title>\n<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"{style}\">\n\
         </head>\n<body>\n{BODY}{scripts}</body>\n</html>\n"
    )
}

/// The `Content-Security-Policy` of such a page. Its frames are under it as well, so that it names the script of the
/// explorer; a page with more in it says what that needs besides.
pub fn content_policy() -> String {
    format!(
        "default-src 'none'; script-src 'self' 'sha256-{SCRIPT_HASH}'; style-src 'self' 'unsafe-inline'; font-src data:; \
         img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}
