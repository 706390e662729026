import Networks
import Testing

@Suite struct ResizingReferenceTests {
  static let file = ReferenceFile("resizing.json")

  static let operations: [String: Operation] = {
    var operations: [String: Operation] = [
      "linear 5 to 8": .resize(
        Resize(from: [5], to: [8], interpolation: .linear, coordinates: .halfPixel)),
      "product": .matrixProduct(MatrixProduct()),
      "product of vectors": .matrixProduct(MatrixProduct()),
    ]
    let modes: [(String, Resize.Interpolation, Resize.Coordinates)] = [
      ("nearest", .nearest(.floor), .asymmetric),
      ("nearest-exact", .nearest(.roundPreferCeil), .halfPixel),
      ("bilinear", .linear, .halfPixel),
      ("bilinear corners", .linear, .alignCorners),
    ]
    for (name, interpolation, coordinates) in modes {
      operations["\(name) 3x4 to 6x8"] = .resize(
        Resize(
          from: [3, 4], to: [6, 8], interpolation: interpolation, coordinates: coordinates))
      operations["\(name) 5x7 to 3x10"] = .resize(
        Resize(
          from: [5, 7], to: [3, 10], interpolation: interpolation, coordinates: coordinates))
    }
    return operations
  }()

  @Test(arguments: file.cases) func agreesWithPyTorch(_ reference: ReferenceCase) throws {
    try reference.expectAgreement(with: Self.operations)
  }
}
