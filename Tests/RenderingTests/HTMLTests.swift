import Imaging
import Rendering
import Testing

struct HTMLTests {
  @Test("text cannot become markup")
  func escaping() {
    #expect(
      HTMLText.escape("<a href=\"x\">&'\u{7}é\u{9b}")
        == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;\u{fffd}é\u{fffd}")
  }

  @Test(
    "base64 is RFC 4648's",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"), ("\u{ff}>?", "w78+Pw=="),
    ])
  func base64(plain: String, encoded: String) {
    #expect(Base64.encode(Array(plain.utf8)) == encoded)
  }

  @Test("a file's path is an address that means that file")
  func paths() {
    #expect(
      HTMLPicture.file(path: "a b/50%#?\"é.png").source == "a%20b/50%25%23%3F%22%C3%A9.png")
    #expect(
      HTMLPicture.inside(bytes: [1, 2, 3], format: .jpeg).source
        == "data:image/jpeg;base64,AQID")
  }

  @Test("a document carries its title, its style and its body")
  func document() {
    let page = HTMLDocument(title: "a < b", style: ".x { color: red; }").page("<p>Hello</p>\n")
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">\n"))
    #expect(page.contains("<title>a &lt; b</title>"))
    #expect(page.contains("Content-Security-Policy\" content=\"default-src 'none';"))
    #expect(page.contains(".x { color: red; }</style>\n</head>\n<body>\n<p>Hello</p>\n</body>"))
  }
}
