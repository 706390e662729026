import Attribution
import Rendering

extension ReportMethod {
  /// A method of a run in the catalogue's words.
  init(_ method: MethodTally, name: String) throws {
    let description = try MethodCatalogue.description(named: method.name)
    self.init(
      name: name, settings: method.settingsText, summary: description.summary,
      reading: description.reading, caution: description.caution,
      reference: description.reference, colorBars: method.colorBars, scale: method.scaleText)
  }
}

extension TargetRecord {
  /// Which number of the model is explained.
  var kindText: String {
    switch target {
    case .logit: "the logit of the class"
    case .probability: "the probability of the class"
    case .contrast: "the difference of two logits"
    }
  }
}
