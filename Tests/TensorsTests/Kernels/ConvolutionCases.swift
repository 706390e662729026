import Testing

@testable import Tensors

/// The sizes that convolutions are tried with: odd ones, every setting by itself and together.
struct ConvolutionCase: CustomTestStringConvertible, Sendable {
  let geometry: ConvolutionGeometry

  /// `(length, kernel, stride, dilation, before, after)` for each axis.
  typealias Axis = (Int, Int, Int, Int, Int, Int)

  init(_ inputs: Int, _ outputs: Int, groups: Int = 1, _ vertical: Axis, _ horizontal: Axis) {
    func axis(_ a: Axis) -> ConvolutionAxis {
      ConvolutionAxis(
        length: a.0, kernel: a.1, stride: a.2, dilation: a.3, before: a.4, after: a.5)
    }
    geometry = ConvolutionGeometry(
      inputChannels: inputs, outputChannels: outputs, groups: groups, vertical: axis(vertical),
      horizontal: axis(horizontal))
  }

  var testDescription: String {
    let axes = [geometry.vertical, geometry.horizontal].map { a in
      "\(a.length) k\(a.kernel) s\(a.stride) d\(a.dilation) p\(a.before),\(a.after)"
    }
    return "\(geometry.inputChannels)→\(geometry.outputChannels) g\(geometry.groups), "
      + axes.joined(separator: " × ")
  }

  static let all = [
    // The digit classifier's layers.
    ConvolutionCase(1, 16, (28, 5, 1, 1, 2, 2), (28, 5, 1, 1, 2, 2)),
    ConvolutionCase(16, 32, (14, 5, 1, 1, 2, 2), (14, 5, 1, 1, 2, 2)),
    // Single pixels.
    ConvolutionCase(3, 5, (1, 1, 1, 1, 0, 0), (1, 1, 1, 1, 0, 0)),
    ConvolutionCase(3, 5, (1, 3, 1, 1, 1, 1), (1, 3, 1, 1, 1, 1)),
    ConvolutionCase(2, 3, (1, 1, 1, 1, 3, 0), (1, 1, 1, 1, 0, 2)),
    // Every axis different, padding on one side.
    ConvolutionCase(3, 7, (17, 3, 2, 1, 1, 2), (11, 2, 3, 2, 0, 3)),
    ConvolutionCase(4, 9, (6, 1, 1, 1, 0, 0), (10, 3, 1, 1, 2, 2)),
    ConvolutionCase(5, 4, (8, 3, 1, 2, 0, 2), (7, 3, 1, 1, 2, 0)),
    // Strides larger than the kernel, so that some inputs are never read.
    ConvolutionCase(2, 3, (12, 2, 5, 1, 0, 0), (12, 2, 4, 1, 0, 0)),
    ConvolutionCase(6, 10, (9, 1, 2, 1, 0, 0), (8, 1, 3, 1, 0, 0)),
    // Dilation that shares a factor with the stride, and that exceeds the input.
    ConvolutionCase(6, 4, groups: 2, (9, 3, 2, 2, 2, 0), (13, 3, 2, 2, 1, 3)),
    ConvolutionCase(2, 2, (5, 3, 1, 3, 3, 3), (5, 3, 1, 3, 3, 3)),
    ConvolutionCase(3, 4, (14, 3, 4, 6, 2, 1), (9, 2, 3, 4, 0, 0)),
    // Depthwise, with one and with two outputs for each channel.
    ConvolutionCase(5, 5, groups: 5, (7, 3, 1, 1, 1, 1), (7, 3, 1, 1, 1, 1)),
    ConvolutionCase(8, 16, groups: 8, (9, 3, 2, 1, 1, 1), (7, 3, 2, 1, 1, 1)),
    ConvolutionCase(6, 6, groups: 6, (9, 3, 2, 1, 1, 1), (31, 3, 2, 1, 1, 1)),
    ConvolutionCase(3, 3, groups: 3, (8, 5, 2, 1, 2, 2), (34, 5, 2, 1, 2, 1)),
    ConvolutionCase(7, 1, (5, 1, 1, 1, 0, 0), (17, 1, 1, 1, 0, 0)),
    // Blocks of channels and rows that do not come out even.
    ConvolutionCase(70, 33, (8, 1, 1, 1, 0, 0), (8, 1, 1, 1, 0, 0)),
    ConvolutionCase(41, 45, (7, 3, 1, 1, 1, 1), (7, 3, 1, 1, 1, 1)),
    ConvolutionCase(130, 12, (6, 3, 1, 1, 0, 2), (6, 3, 1, 1, 2, 0)),
    ConvolutionCase(3, 17, (33, 7, 2, 1, 3, 3), (31, 7, 2, 1, 3, 3)),
    // One tap: more channels than a slab takes, weights beyond the second-level cache, both.
    ConvolutionCase(530, 9, (3, 1, 1, 1, 0, 0), (3, 1, 1, 1, 0, 0)),
    ConvolutionCase(500, 540, (2, 1, 1, 1, 0, 0), (5, 1, 1, 1, 0, 0)),
    ConvolutionCase(520, 1050, (3, 1, 1, 1, 0, 0), (5, 1, 1, 1, 0, 0)),
    // Outputs of more than 4 MB, which are stored past the caches.
    ConvolutionCase(5, 70, (32, 1, 1, 1, 0, 0), (32, 1, 1, 1, 0, 0)),
    ConvolutionCase(3, 70, (32, 3, 1, 1, 1, 1), (32, 3, 1, 1, 1, 1)),
    ConvolutionCase(70, 70, groups: 70, (32, 3, 1, 1, 1, 1), (32, 3, 1, 1, 1, 1)),
    // Few outputs: many neighbouring pixels in a tile.
    ConvolutionCase(9, 1, (11, 5, 1, 1, 2, 2), (37, 5, 1, 1, 2, 2)),
    ConvolutionCase(9, 2, (8, 5, 1, 1, 4, 4), (40, 5, 1, 1, 4, 4)),
    ConvolutionCase(4, 3, (5, 3, 1, 1, 1, 1), (21, 3, 1, 1, 1, 1)),
    // More padding than input.
    ConvolutionCase(3, 2, (4, 3, 1, 1, 5, 5), (4, 3, 1, 1, 5, 5)),
  ]

  /// Those of them and some more that Winograd's method can do.
  static let winograd =
    all.filter(\.geometry.allowsWinograd) + [
      ConvolutionCase(3, 8, (13, 3, 1, 1, 0, 0), (9, 3, 1, 1, 0, 1)),
      ConvolutionCase(24, 10, (10, 3, 1, 1, 2, 1), (17, 3, 1, 1, 0, 2)),
      ConvolutionCase(12, 9, (5, 5, 1, 1, 0, 0), (12, 5, 1, 1, 3, 1)),
      ConvolutionCase(64, 64, (9, 3, 1, 1, 1, 1), (9, 3, 1, 1, 1, 1)),
    ]
}
