/// A page that needs nothing but itself: the frame around a body.
public struct HTMLDocument: Sendable {
  public let title: String

  /// Rules beyond ``HTMLDocument/commonStyle``.
  public let style: String

  public init(title: String, style: String = "") {
    self.title = title
    self.style = style
  }

  /// Everything before the body's content.
  ///
  /// The policy forbids the page to load anything from elsewhere, or to send anything anywhere: a
  /// report about private pictures stays private, whatever their names say. A page opened from disk
  /// may load files there, one from a server what that server has.
  public var opening: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    \(Self.generator)
    <meta name="referrer" content="no-referrer">
    <title>\(HTMLText.escape(title))</title>
    <style>
    \(Self.commonStyle)
    \(style)</style>
    </head>
    <body>

    """
  }

  /// What tells a page of ours from others.
  public static let generator = #"<meta name="generator" content="Whylight">"#

  private static let policy =
    "default-src 'none'; img-src 'self' file: data:; script-src 'self' file: 'unsafe-inline'; "
    + "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

  /// Everything after it.
  public var closing: String { "</body>\n</html>\n" }

  /// The whole page.
  public func page(_ body: String) -> String { opening + body + closing }

  /// What all our pages share: the colours of paper and ink for light and dark, and plain
  /// typography.
  ///
  /// The variables: `--paper`, `--sheet` (raised surfaces), `--ink`, `--faint` (second-rank text),
  /// `--line`, `--accent`, `--warn`.
  public static let commonStyle = """
    :root {
      color-scheme: light dark;
      --paper: #f6f6f4; --sheet: #ffffff; --ink: #1d1f23; --faint: #62666d; --line: #d9dadb;
      --accent: #1f5fa8; --warn: #a3420d;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #16181b; --sheet: #1f2226; --ink: #e8e8e6; --faint: #a2a6ac; --line: #3a3e44;
        --accent: #82b6f2; --warn: #f0a060;
      }
    }
    @media print {
      :root {
        --paper: #ffffff; --sheet: #ffffff; --ink: #000000; --faint: #444444; --line: #bbbbbb;
        --accent: #1f5fa8; --warn: #a3420d;
      }
    }
    *, *::before, *::after { box-sizing: border-box; }
    body {
      margin: 0; background: var(--paper); color: var(--ink);
      font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
    }
    main, header, footer { max-width: 90rem; margin: 0 auto; padding: 0 1.25rem; }
    h1 { font-size: 1.6rem; line-height: 1.2; margin: 1.5rem 0 .25rem; }
    h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
    a { color: var(--accent); }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
    th, td { padding: .25rem .6rem; text-align: left; border-bottom: 1px solid var(--line); }
    th { font-weight: 600; }
    code, .path { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
    .faint { color: var(--faint); }
    """
}
