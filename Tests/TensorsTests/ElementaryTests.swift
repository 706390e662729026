import Tensors
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

@Suite struct ElementaryTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let function: @Sendable (Vector) -> Vector
    let reference: @Sendable (Double) -> Double
    let range: ClosedRange<Float>

    /// The largest error allowed, in units of the last place of the result.
    let ulps: Double
  }

  static let cases = [
    Case(
      testDescription: "exp", function: { $0.exp() }, reference: { exp($0) }, range: -103...88.7,
      ulps: 2),
    Case(
      testDescription: "exp − 1", function: { $0.expMinusOne() }, reference: { expm1($0) },
      range: -90...88.7, ulps: 3),
    Case(
      testDescription: "exp − 1 near zero", function: { $0.expMinusOne() },
      reference: { expm1($0) }, range: -0.01...0.01, ulps: 2),
    Case(
      testDescription: "log", function: { $0.log() }, reference: { log($0) }, range: 1e-6...1e6,
      ulps: 2),
    Case(
      testDescription: "log of denormal and small numbers", function: { $0.log() },
      reference: { log($0) }, range: 0x1p-146...0x1p-120, ulps: 2),
    Case(
      testDescription: "log of large numbers", function: { $0.log() }, reference: { log($0) },
      range: 1e30...3.4e38, ulps: 2),
    Case(
      testDescription: "log near one", function: { $0.log() }, reference: { log($0) },
      range: 0.9...1.1, ulps: 2),
    Case(
      testDescription: "log(1 + x)", function: { $0.logOnePlus() }, reference: { log1p($0) },
      range: 0...100, ulps: 3),
    Case(
      testDescription: "log(1 + x) of small numbers", function: { $0.logOnePlus() },
      reference: { log1p($0) }, range: 0...1e-6, ulps: 3),
    Case(
      testDescription: "tanh", function: { $0.tanh() }, reference: { tanh($0) }, range: -12...12,
      ulps: 4),
    Case(
      testDescription: "tanh near zero", function: { $0.tanh() }, reference: { tanh($0) },
      range: -0.01...0.01, ulps: 4),
    Case(
      testDescription: "sigmoid", function: { $0.sigmoid() }, reference: { 1 / (1 + exp(-$0)) },
      range: -80...40, ulps: 4),
    Case(
      testDescription: "erf", function: { $0.erf() }, reference: { erf($0) }, range: -5...5,
      ulps: 3),
    Case(
      testDescription: "erf near zero", function: { $0.erf() }, reference: { erf($0) },
      range: -0.01...0.01, ulps: 3),
  ]

  @Test(arguments: cases) func isAFewUnitsInTheLastPlaceFromTheTruth(_ example: Case) {
    let steps = 400_000
    let (low, high) = (example.range.lowerBound, example.range.upperBound)
    var worst = 0.0
    var place: Float = 0
    for step in stride(from: 0, to: steps, by: laneCount) {
      var x = Vector.zero
      for lane in 0..<laneCount {
        x[lane] = low + (high - low) * (Float(step + lane) / Float(steps - 1))
      }
      let y = example.function(x)
      for lane in 0..<laneCount {
        let expected = example.reference(Double(x[lane]))
        let error = abs(Double(y[lane]) - expected) / Double(Float(expected).ulp)
        if !(error <= worst) { (worst, place) = (error, x[lane]) }
      }
    }
    #expect(worst <= example.ulps, "at \(place)")
  }

  @Test func limitsAreExact() {
    let infinity = Float.infinity
    #expect(Vector(repeating: infinity).exp()[0] == infinity)
    #expect(Vector(repeating: 88.8).exp()[5] == infinity)
    #expect(Vector(repeating: -infinity).exp()[0] == 0)
    #expect(Vector(repeating: -104).exp()[0] == 0)
    #expect(Vector(repeating: 0).exp()[0] == 1)
    #expect(Vector(repeating: infinity).expMinusOne()[0] == infinity)
    #expect(Vector(repeating: -infinity).expMinusOne()[0] == -1)
    #expect(Vector(repeating: 0).log()[0] == -infinity)
    #expect(Vector(repeating: infinity).log()[0] == infinity)
    #expect(Vector(repeating: 1).log()[0] == 0)
    #expect(Vector(repeating: -1).log()[0].isNaN)
    #expect(Vector(repeating: -infinity).log()[0].isNaN)
    #expect(Vector(repeating: infinity).logOnePlus()[0] == infinity)
    #expect(Vector(repeating: infinity).tanh()[0] == 1)
    #expect(Vector(repeating: -infinity).tanh()[0] == -1)
    #expect(Vector(repeating: infinity).erf()[0] == 1)
    #expect(Vector(repeating: -infinity).erf()[0] == -1)
    #expect(Vector(repeating: infinity).sigmoid()[0] == 1)
    #expect(Vector(repeating: -infinity).sigmoid()[0] == 0)
    #expect(Vector(repeating: -0.0).tanh()[0].sign == .minus)
    #expect(Vector(repeating: -0.0).erf()[0].sign == .minus)
  }

  @Test func notANumberStaysNotANumber() {
    let nan = Vector(repeating: .nan)
    let results = [
      nan.exp(), nan.expMinusOne(), nan.log(), nan.logOnePlus(), nan.tanh(), nan.sigmoid(),
      nan.erf(), Vector.maximum(nan, .zero), Vector.maximum(.zero, nan), Vector.minimum(nan, .zero),
      Vector.minimum(.zero, nan), nan.held(from: 0, to: 1),
    ]
    for (index, result) in results.enumerated() {
      for lane in 0..<laneCount { #expect(result[lane].isNaN, "function \(index)") }
    }
  }

  @Test func theLargerAndTheSmallerAreChosenLaneByLane() {
    var (a, b) = (Vector.zero, Vector.zero)
    for lane in 0..<laneCount {
      a[lane] = Float(lane) - 7
      b[lane] = 3 - Float(lane)
    }
    for lane in 0..<laneCount {
      #expect(Vector.maximum(a, b)[lane] == max(a[lane], b[lane]))
      #expect(Vector.minimum(a, b)[lane] == min(a[lane], b[lane]))
      #expect(a.held(from: -2, to: 4)[lane] == min(max(a[lane], -2), 4))
    }
  }
}
