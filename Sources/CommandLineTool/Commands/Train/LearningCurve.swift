import Rendering
import Training

extension Chart {
  /// Loss and accuracy over the epochs.
  ///
  /// The loss stands on a logarithmic axis where it has fallen far, and accuracies that come near
  /// one are spread by what they lack: the last epochs are what one wants to see.
  init(learningCurve history: [EpochRecord]) {
    let epochs = ChartAxis.counting("epoch", 1...max(1, history.last?.epoch ?? 1))
    let losses = history.map(\.trainingLoss) + history.compactMap(\.validationLoss)
    let accuracies =
      history.map(\.trainingAccuracy) + history.compactMap(\.validationAccuracy)
    self.init(
      title: "Loss and accuracy after each of \(history.count) epochs",
      panels: [
        ChartPanel(
          title: "Loss", horizontal: epochs,
          vertical: ChartAxis.spreadsWide(losses)
            ? .logarithmic("loss", over: losses)
            : .linear("loss", over: losses + [0]),
          marks: Self.curves(
            history, \.trainingLoss, \.validationLoss, last: { decimals($0, 4) })),
        ChartPanel(
          title: "Accuracy", horizontal: epochs,
          vertical: ChartAxis.spreadsWide(accuracies.map { 1 - $0 })
            ? .nearOne("accuracy", over: accuracies)
            : .linear("accuracy", over: accuracies, unit: .percent, within: 0...1),
          marks: Self.curves(
            history, \.trainingAccuracy, \.validationAccuracy, last: Percentage.text)),
      ])
  }

  /// A line for training and one for validation; the legend says what each came to.
  private static func curves(
    _ history: [EpochRecord], _ training: (EpochRecord) -> Double,
    _ validation: (EpochRecord) -> Double?, last: (Double) -> String
  ) -> [ChartMark] {
    func mark(_ name: String, _ ink: ChartInk, _ points: [ChartPoint]) -> ChartMark? {
      points.last.map {
        ChartMark("\(name) \(last($0.y))", ink: ink, .line(points, isDashed: false))
      }
    }
    let learned = history.map { ChartPoint(Double($0.epoch), training($0)) }
    let heldOut = history.compactMap { record in
      validation(record).map { ChartPoint(Double(record.epoch), $0) }
    }
    return [mark("training", .second, learned), mark("validation", .first, heldOut)]
      .compactMap { $0 }
  }
}
