import Testing

@testable import Imaging

@Suite struct StrokeFontTests {
  @Test(arguments: [
    "Zażółć gęślą jaźń ŁÓDŹ", "Příliš žluťoučký kůň úpěl ďábelské ódy ĽŘŤ", "Ærøskøbing på Åland",
    "Árvíztűrő tükörfúrógép ŐŰ", "Où êtes-vous, garçon ? Cœur naïf, ÿ, ŒUVRE", "Größe ÄÖÜß",
    "İstanbul'dan ığdır'a şoför, ÇĞ", "ação, ñandú, às", "Şcoală și țară, Ț",
    "žiūrėti ąęį ų, ēģļķņ",
    "Đuro, ŝanĝo, ŵy",
  ])
  func lettersOfEuropeanLanguagesHaveStrokes(text: String) {
    #expect(text.filter { !StrokeFont.has($0) } == "")
  }

  @Test func aMarkStandsOverItsLetterHoweverTheCharacterIsCoded() {
    let pairs = [("é", "e"), ("e\u{301}", "e"), ("É", "E"), ("ç", "c"), ("å", "a")]
    for (marked, plain) in pairs {
      let (with, without) = (
        StrokeFont.glyph(Character(marked)), StrokeFont.glyph(Character(plain))
      )
      #expect(Array(with.strokes.prefix(without.strokes.count)) == without.strokes)
      let mark = with.strokes.dropFirst(without.strokes.count).joined()
      let letter = without.strokes.joined()
      let isAbove = mark.allSatisfy { point in letter.allSatisfy { point.y < $0.y } }
      #expect(!mark.isEmpty && isAbove == (plain != "c"))
    }
  }

  @Test func whatHasNoStrokesIsABox() {
    #expect(!StrokeFont.has("青") && !StrokeFont.has("Ж"))
    #expect(StrokeFont.glyph("青").strokes == [StrokeFont.glyph("Ж").strokes[0]])
  }
}
