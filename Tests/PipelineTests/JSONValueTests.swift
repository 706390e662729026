import Testing

@testable import Pipeline

struct JSONValueTests {
  @Test(
    "values are read",
    arguments: [
      ("null", JSONValue.null), (" true ", .flag(true)), ("-1.5e3", .number("-1.5e3")),
      (#""a\n\"\\\u00e9\ud83d\ude00é""#, .string("a\n\"\\é😀é")), ("[]", .list([])),
      ("[1, [2]]", .list([.number("1"), .list([.number("2")])])),
      (
        #"{"b": 1, "a": {}}"#,
        .object([.init(name: "b", value: .number("1")), .init(name: "a", value: .object([]))])
      ),
    ])
  func reading(text: String, value: JSONValue) {
    #expect(JSONValue(text) == value)
  }

  @Test(
    "what is no JSON is nothing",
    arguments: [
      "", "{", "[1,]", "{\"a\" 1}", "{a: 1}", "tru", "1 2", "\"a", "\"\\x\"", "\"\\u12\"",
      "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\u{1}\"", "-", "1.2.3",
      String(repeating: "[", count: 100_000),
    ])
  func refusing(text: String) {
    #expect(JSONValue(text) == nil)
  }

  @Test("whole numbers beyond a double's precision stay themselves")
  func largeNumbers() {
    #expect(JSONValue("18446744073709551615")?.integer(UInt64.self) == .max)
    #expect(JSONValue("1.5")?.integer() == nil)
  }
}
