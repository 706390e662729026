import Networks
import Tensors
import Testing

@Suite struct InitializerTests {
  static let filters: Shape = [64, 32, 3, 5]

  /// The initialiser, and the mean and the deviation its numbers should have for those filters.
  static let statistics: [(Initializer, mean: Double, deviation: Double)] = [
    (.constant(0.5), 0.5, 0),
    (.glorotNormal, 0, (2.0 / (96 * 15)).squareRoot()),
    (.glorotUniform, 0, (2.0 / (96 * 15)).squareRoot()),
    (.heNormal(.input), 0, (2.0 / (32 * 15)).squareRoot()),
    (.heNormal(.output), 0, (2.0 / (64 * 15)).squareRoot()),
    (.heUniform(.input), 0, (2.0 / (32 * 15)).squareRoot()),
    (.heUniform(.output), 0, (2.0 / (64 * 15)).squareRoot()),
    (.leCunNormal, 0, (1.0 / (32 * 15)).squareRoot()),
    (.leCunUniform, 0, (1.0 / (32 * 15)).squareRoot()),
    (.normal(mean: 2, deviation: 0.25), 2, 0.25),
    (.orthogonal(gain: 2), 0, 2 / 480.0.squareRoot()),
    (.uniform(low: -1, high: 3), 1, 4 / 12.0.squareRoot()),
    (.zeros, 0, 0),
  ]

  @Test(arguments: statistics)
  func hasItsMeanAndDeviation(_ initializer: Initializer, _ mean: Double, _ deviation: Double) {
    var random = CounterRandom(seed: 3)
    let values = initializer.values(Self.filters, random: &random)
    #expect(values.count == Self.filters.count)
    let count = Double(values.count)
    let foundMean = values.reduce(0) { $0 + Double($1) } / count
    let variance = values.reduce(0) { $0 + (Double($1) - foundMean) * (Double($1) - foundMean) }
    // Five standard errors of a mean, and a hundredth of the deviation (30,720 numbers).
    #expect(abs(foundMean - mean) <= 5 * deviation / count.squareRoot())
    #expect(abs((variance / count).squareRoot() - deviation) <= 0.02 * deviation)
  }

  @Test(arguments: [Initializer.glorotUniform, .heUniform(), .leCunUniform])
  func uniformFormsKeepTheirBound(_ initializer: Initializer) throws {
    var random = CounterRandom(seed: 4)
    let values = initializer.values([50, 100], random: &random)
    let variance: Double =
      switch initializer {
      case .glorotUniform: 2.0 / 150
      case .heUniform: 2.0 / 100
      default: 1.0 / 100
      }
    let bound = Float((3 * variance).squareRoot())
    let largest = try #require(values.map(abs).max())
    #expect(largest <= bound)
    #expect(largest > 0.98 * bound)
  }

  @Test(arguments: [[6, 10], [10, 6], [4, 2, 3, 3], [1, 5], [5]] as [Shape])
  func orthogonalRowsOrColumnsAreOrthonormal(_ shape: Shape) {
    var random = CounterRandom(seed: 5)
    let values = Initializer.orthogonal().values(shape, random: &random)
    let rows = shape[0]
    let columns = shape.count / rows
    let byRows = rows <= columns
    let (count, length) = byRows ? (rows, columns) : (columns, rows)
    func element(_ vector: Int, _ i: Int) -> Float {
      byRows ? values[vector * columns + i] : values[i * columns + vector]
    }
    for first in 0..<count {
      for second in 0...first {
        let product = (0..<length).reduce(Float(0)) {
          $0 + element(first, $1) * element(second, $1)
        }
        #expect(abs(product - (first == second ? 1 : 0)) < 1e-5)
      }
    }
  }

  @Test func fansCountTheWindow() {
    #expect(Fan(of: [16, 8, 3, 3]) == Fan(input: 72, output: 144))
    #expect(Fan(of: [10, 20]) == Fan(input: 20, output: 10))
    #expect(Fan(of: [7]) == Fan(input: 7, output: 7))
  }

  @Test func theSameSeedGivesTheSameNumbers() {
    for (name, initializer) in Initializer.named {
      var (first, second) = (CounterRandom(seed: 6), CounterRandom(seed: 6))
      #expect(
        initializer.values([3, 4], random: &first) == initializer.values([3, 4], random: &second),
        "\(name)")
    }
  }
}
