import Rendering
import Training

extension Chart {
  /// Whether a model is right as often as it says: accuracy by confidence beside how many answers
  /// have that confidence.
  init(reliability calibration: Calibration) {
    let shares = ChartAxis.linear("confidence", over: [0, 1], unit: .percent)
    let filled = calibration.bins.filter { $0.count > 0 }
    func range(_ bin: Calibration.Bin) -> ClosedRange<Double> { bin.lower...bin.upper }
    self.init(
      title: "Accuracy and number of answers by confidence",
      panels: [
        ChartPanel(
          title: "Accuracy by confidence", horizontal: shares,
          vertical: .linear("accuracy", over: [0, 1], unit: .percent),
          marks: [
            ChartMark(
              "accuracy", ink: .first,
              .bars(filled.map { ChartBar(range($0), height: $0.accuracy) })),
            ChartMark(
              "95 % interval", ink: .second,
              .whiskers(
                filled.map { bin in
                  ChartWhisker(
                    (bin.lower + bin.upper) / 2,
                    wilsonInterval(
                      successes: Int((bin.accuracy * Double(bin.count)).rounded()), of: bin.count))
                })),
            ChartMark(
              "as confident", ink: .faint,
              .line([ChartPoint(0, 0), ChartPoint(1, 1)], isDashed: true)),
          ]),
        ChartPanel(
          title: "Answers by confidence", horizontal: shares,
          // From below one, so that a single answer is seen.
          vertical: .logarithmic("answers", over: [0.5, 10] + filled.map { Double($0.count) }),
          marks: [
            ChartMark(
              "answers", ink: .first,
              .bars(filled.map { ChartBar(range($0), height: Double($0.count)) }))
          ]),
      ])
  }
}
