extension StrokeFont {
  /// Marks over and under letters, and the letters that have them.
  enum Accents {
    private struct Mark {
      /// Where it stands over a small letter, or under any.
      let drawing: String

      /// Each letter with the mark, followed by what it is without.
      let letters: String
      var isBelow = false
    }

    private static let marks = [
      Mark(drawing: "0b2a", letters: "ÁAÉEÍIÓOÚUÝYáaéeíıóoúuýyĆCćcŃNńnŚSśsŹZźzŔRŕrĹL"),
      Mark(drawing: "0a2b", letters: "ÀAÈEÌIÒOÙUàaèeìıòoùu"),
      Mark(drawing: "0b1a2b", letters: "ÂAÊEÎIÔOÛUâaêeîıôoûuĈCĉcĜGĝgĤHĴJŜSŝsŴWŵwŶYŷy"),
      Mark(drawing: "0a1b2a", letters: "ČCčcĎDĚEěeŇNňnŘRřrŠSšsŤTŽZžz"),
      Mark(drawing: "0b 2b", letters: "ÄAËEÏIÖOÜUŸYäaëeïıöoüuÿy"),
      Mark(drawing: "~0b1a2b3a", letters: "ÃAÑNÕOãañnõoĨIĩıŨUũu"),
      Mark(drawing: "~1a0b1c2b1a", letters: "ÅAåaŮUůu"),
      Mark(drawing: "0b2b", letters: "ĀAāaĒEēeĪIīıŌOōoŪUūu"),
      Mark(drawing: "~0a1b2a", letters: "ĂAăaĞGğgŬUŭu"),
      Mark(drawing: "0b", letters: "ĊCċcģgĖEėeĠGġgİIŻZżz"),
      Mark(drawing: "0b1a 2b3a", letters: "ŐOőoŰUűu"),
      Mark(drawing: "1i1j0k", letters: "ÇCçcĢGĶKķkĻLļlŅNņnŞSşsŢTţtȘSșsȚTțt", isBelow: true),
      Mark(drawing: "~1i0j1k", letters: "ĄAąaĘEęeĮIįiŲUųu", isBelow: true),
      // Beside tall letters, as it is written.
      Mark(drawing: "5a5c", letters: "ďdťtľlĽL", isBelow: true),
    ]

    /// How much higher a mark stands over a capital.
    private static let rise = 3.0

    static func glyphs(from plain: [Character: Glyph]) -> [Character: Glyph] {
      var glyphs: [Character: Glyph] = [:]
      for mark in marks {
        let drawing = Glyph(mark.drawing)
        let letters = Array(mark.letters)
        for index in stride(from: 0, to: letters.count, by: 2) {
          let base = letters[index + 1]
          guard let letter = plain[base] else { continue }
          let rise = mark.isBelow || !base.isUppercase ? 0 : rise
          glyphs[letters[index]] = Glyph(letter, drawing, raisedBy: rise)
        }
      }
      return glyphs
    }
  }
}
