import Tensors

// The sliding layers on a rectangle that already holds its border.

extension Convolution {
  /// The same convolution of a map without padding, by a given method.
  func kernelWithoutBorder(
    _ input: Shape, _ algorithm: ConvolutionAlgorithm, _ purpose: PlanPurpose
  ) -> ConvolutionKernel {
    func axis(_ axis: KernelAxis, _ length: Int) -> ConvolutionAxis {
      ConvolutionAxis(
        length: length, kernel: axis.kernel, stride: axis.stride, dilation: axis.dilation)
    }
    return ConvolutionKernel(
      ConvolutionGeometry(
        inputChannels: input[0], outputChannels: outputChannels, groups: groups,
        vertical: axis(vertical, input[1]), horizontal: axis(horizontal, input[2])),
      direction: .forward, algorithm: algorithm, variant: purpose.kernels)
  }
}

extension WindowAxis {
  /// The same without padding.
  var withoutBorder: WindowAxis {
    WindowAxis(kernel: kernel, stride: stride, dilation: dilation)
  }
}

extension MaxPooling {
  /// The same without padding.
  var withoutBorder: MaxPooling {
    MaxPooling(
      PoolingWindow(
        vertical: window.vertical.withoutBorder, horizontal: window.horizontal.withoutBorder))
  }
}

extension AveragePooling {
  /// Averages a region that has zeros where it reaches beyond the map; what is divided by depends on
  /// where the windows lie in the map.
  ///
  /// - Parameters:
  ///   - region: what `source` holds of the map of shape `map`.
  ///   - reached: the outputs to compute.
  func average(
    _ source: LanesView, _ region: LaneRectangle, of map: Shape, into target: MutableLanesView,
    _ reached: LaneRectangle, channels: Int
  ) {
    let (vertical, horizontal) = (window.vertical, window.horizontal)
    let shares = (0..<reached.height * reached.width).map { place in
      share(row: place / reached.width, column: place % reached.width, reached, of: map)
    }
    for channel in 0..<channels {
      for y in 0..<reached.height {
        for x in 0..<reached.width {
          var sum = Vector.zero
          for row in 0..<vertical.kernel {
            let line =
              (channel * region.height + y * vertical.stride + row * vertical.dilation)
              * region.width + x * horizontal.stride
            for column in 0..<horizontal.kernel {
              sum += source[line + column * horizontal.dilation]
            }
          }
          let place = y * reached.width + x
          target[channel * reached.height * reached.width + place] = sum * shares[place]
        }
      }
    }
  }

  /// `1 / n` of the window in each lane.
  private func share(
    row: Int, column: Int, _ reached: LaneRectangle, of map: Shape
  ) -> Vector {
    var shares = Vector.zero
    for lane in 0..<laneCount {
      let (rows, columns) = reached[lane]
      shares[lane] = share(
        top: window.vertical.start(rows.lowerBound + row),
        left: window.horizontal.start(columns.lowerBound + column), Planes(map))
    }
    return shares
  }
}
